import { listCursorSuite } from '../../contract/list-cursor-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

listCursorSuite(openTestProvider);

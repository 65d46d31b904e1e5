import { learntExtensionSuite } from '../../contract/learnt-extension-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

learntExtensionSuite(openTestProvider);

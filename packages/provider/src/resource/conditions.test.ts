import { conditionsSuite } from '../../contract/conditions-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

conditionsSuite(openTestProvider);

import { openTestProvider } from '../../contract/open-test-provider.ts';
import { bulkSuite } from '../../contract/run-bulk-suite.ts';

bulkSuite(openTestProvider);

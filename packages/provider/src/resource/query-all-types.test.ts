import { openTestProvider } from '../../contract/open-test-provider.ts';
import { queryAllTypesSuite } from '../../contract/query-all-types-suite.ts';

queryAllTypesSuite(openTestProvider);

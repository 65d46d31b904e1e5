import { bigGroupsSuite } from '../../contract/big-groups-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

bigGroupsSuite(openTestProvider);

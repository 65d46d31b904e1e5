import { openTestProvider } from '../../contract/open-test-provider.ts';
import { patchResourceSuite } from '../../contract/patch-resource-suite.ts';

patchResourceSuite(openTestProvider);

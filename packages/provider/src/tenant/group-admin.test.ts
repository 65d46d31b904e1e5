import { groupAdminSuite } from '../../contract/group-admin-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

groupAdminSuite(openTestProvider);

import { describe } from 'node:test';
import { openPostgresStore } from '@lockstep/store';
import { freshDatabase } from '../../store/contract/test-postgres.ts';
import { bigGroupsSuite } from '../contract/big-groups-suite.ts';
import { clientCredentialsSuite } from '../contract/client-credentials-suite.ts';
import { conditionsSuite } from '../contract/conditions-suite.ts';
import { declaredSchemasSuite } from '../contract/declared-schemas-suite.ts';
import { groupAdminSuite } from '../contract/group-admin-suite.ts';
import { learntExtensionSuite } from '../contract/learnt-extension-suite.ts';
import { listCursorSuite } from '../contract/list-cursor-suite.ts';
import { openTestProvider, type TestProvider, type TestProviderOptions } from '../contract/open-test-provider.ts';
import { patchResourceSuite } from '../contract/patch-resource-suite.ts';
import { queryAllTypesSuite } from '../contract/query-all-types-suite.ts';
import { removedExtensionSuite } from '../contract/removed-extension-suite.ts';
import { bulkSuite } from '../contract/run-bulk-suite.ts';

async function open(options: TestProviderOptions = {}): Promise<TestProvider> {
  return openTestProvider({ ...options, store: await openPostgresStore({ url: await freshDatabase() }, 0) });
}

describe('requests over PostgreSQL', () => {
  bigGroupsSuite(open);
  bulkSuite(open);
  clientCredentialsSuite(open);
  conditionsSuite(open);
  declaredSchemasSuite(open);
  groupAdminSuite(open);
  learntExtensionSuite(open);
  listCursorSuite(open);
  patchResourceSuite(open);
  queryAllTypesSuite(open);
  removedExtensionSuite(open);
});

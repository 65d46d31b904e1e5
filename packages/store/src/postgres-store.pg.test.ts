import { describe } from 'node:test';
import { storeContract, T0 } from '../contract/index.ts';
import { freshDatabase } from '../contract/test-postgres.ts';
import { openPostgresStore } from './open-store.ts';

describe('the store on PostgreSQL', () => {
  storeContract(async () => openPostgresStore({ url: await freshDatabase() }, T0));
});

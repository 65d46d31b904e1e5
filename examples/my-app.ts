// The app of the examples: it keeps accounts in a table of its own, here a map, and SCIM tells it of every change.
import type { AppHooks } from '@lockstep/provider';
import { AppRefusal } from '@lockstep/provider';

/** One account of the app. */
export interface Account {
  readonly name: string;
  readonly isActive: boolean;
}

/** The app's own table, by SCIM id. */
export type Accounts = Map<string, Account>;

/** What the app does when SCIM changes somebody. Each of these may run twice for one change. */
export function hooksFor(accounts: Accounts): AppHooks {
  const save: AppHooks['createUser'] = ({ id, resource }) => {
    const name = String(resource['userName']);
    if (name.startsWith('root@')) throw new AppRefusal(403, `${name} is reserved`);
    accounts.set(id, { name, isActive: resource['active'] !== false });
  };
  return {
    createUser: save,
    updateUser: save,
    linkUser: save,
    // The place to end sessions and API keys.
    deactivateUser: save,
    deleteUser: ({ id }) => {
      accounts.delete(id);
    },
  };
}

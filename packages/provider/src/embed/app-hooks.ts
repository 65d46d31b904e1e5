import type { JsonObject } from '@lockstep/scim';

/** Which tenant a change is for, and who asked. */
export interface HookContext {
  readonly tenantId: string;
  /** Key of the app's profile. */
  readonly profile: string;
  /** Label of the token that was used. */
  readonly tokenLabel: string;
}

/** A user or group as it will be stored. */
export interface HookChange {
  /** The id that SCIM knows it by; the same in every call about it, also when a client tries again after a crash. */
  readonly id: string;
  /** The whole resource in canonical form, without `meta`; a group without `members`. */
  readonly resource: JsonObject;
  /** The resource as it is stored now; absent for one that is new. */
  readonly before?: JsonObject;
}

/** A change of who is in a group, in order. */
export interface HookMemberChange {
  readonly do: 'add' | 'remove' | 'replace';
  /** SCIM ids of members. `replace` names all who stay. */
  readonly ids: readonly string[];
}

export interface HookGroupChange extends HookChange {
  readonly members: readonly HookMemberChange[];
}

type Hook<Change> = (change: Change, context: HookContext) => Promise<void> | void;

/**
 * What the app does in its own tables, inside the request and before the answer. A hook runs before the change is stored:
 * throwing refuses it (`AppRefusal` with its own words, anything else as a 500 whose cause stays private), and nothing is
 * stored then. Hooks have to be idempotent: after a crash between hook and store, the client's next try calls them again.
 * When the store refuses after a hook went through (a name that was taken meanwhile), the app is put back: `deleteUser` for
 * a user that was not made, `updateUser` with the earlier resource for a change. Every hook may be left out.
 */
export interface AppHooks {
  readonly createUser?: Hook<HookChange>;
  /** Any change but those below; also an account that is switched on again, with `active: true`. */
  readonly updateUser?: Hook<HookChange>;
  /** `active` turns false, other changes may come along. End the sessions and tokens here. */
  readonly deactivateUser?: Hook<HookChange>;
  readonly deleteUser?: Hook<Omit<HookChange, 'resource'>>;
  /** A directory takes over an account that was made in the app; its values replace the account's. */
  readonly linkUser?: Hook<HookChange>;
  readonly createGroup?: Hook<HookGroupChange>;
  readonly updateGroup?: Hook<HookGroupChange>;
  readonly deleteGroup?: Hook<Omit<HookChange, 'resource'>>;
}

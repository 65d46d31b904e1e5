import type { EntryShape } from 'lockstep/admin-api/answers';

/** A person or group with the groups they are a direct member of. */
export interface EntryAnswer {
  readonly entry: EntryShape;
  readonly memberOf: readonly { readonly objectId: string; readonly displayName: string | null }[];
}

import type { JsonObject, PatchOperation } from '@lockstep/scim';

/** One attribute that changes, as logs show it. Redacted values read `[Redact]`. */
export interface Change {
  readonly attribute: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** What the link between person and account becomes once the plan is carried out. */
export type LinkAfter =
  /** As it is. */
  | 'keep'
  | 'managed'
  /** The job lets go of the account: later deletes send nothing (rules D4, D5). A return to scope takes it up again. */
  | 'released'
  | 'dropped';

/** Why nothing is done. */
export type NothingBecause =
  | 'unchanged'
  | 'never-provisioned'
  | 'disabled-never-provisioned'
  | 'released'
  | 'already-disabled'
  | 'mapping-off'
  | 'create-off'
  | 'update-off'
  | 'delete-off'
  | 'no-soft-delete-mapping'
  | 'out-of-scope-deletions-skipped';

/** What is to be done about one object. A plan is data: preview, dry run and cycle use the same one. */
export type Plan =
  | {
      readonly do: 'create';
      readonly resource: JsonObject;
      readonly changes: readonly Change[];
      readonly linkAfter: 'managed';
    }
  | {
      readonly do: 'update';
      readonly operations: readonly PatchOperation[];
      readonly changes: readonly Change[];
      readonly linkAfter: 'managed';
    }
  /** An update that takes access away. */
  | {
      readonly do: 'disable';
      readonly operations: readonly PatchOperation[];
      readonly changes: readonly Change[];
      readonly linkAfter: 'managed' | 'released';
      readonly text: string;
    }
  | { readonly do: 'delete'; readonly linkAfter: 'dropped'; readonly text: string }
  | {
      readonly do: 'nothing';
      readonly because: NothingBecause;
      /** Entra's skip reason. */
      readonly code: 'RedundantExport' | 'NotEffectivelyEntitled' | 'EntrySynchronizationSkipped';
      /** One sentence for a person. */
      readonly text: string;
      readonly linkAfter: LinkAfter;
    };

/** What a plan shows as the new value of a reference to an account that the plan itself makes or links: it has no id yet. */
export const NEW_ACCOUNT = '(an account of this plan)';

import type { ObjectMapping, TargetActions } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import { buildResource } from '../mapping/build-resource.ts';
import { type MappedResource, type MappedValue, shownValue } from '../mapping/map-object.ts';
import type { ScopeVerdict } from '../scope/judge-scope.ts';
import { clearValues, type Difference, diffValues } from './diff-values.ts';
import type { Change, LinkAfter, NothingBecause, Plan } from './plan.ts';

/** Everything the plan for one object depends on. */
export interface Seen {
  readonly objectType: ObjectMapping['objectType'];
  /** The object mapping is switched on. */
  readonly isEnabled: boolean;
  readonly actions: TargetActions;
  readonly verdict: ScopeVerdict;
  /** Mapped with the verdict's IsSoftDeleted. Absent for objects that are gone. */
  readonly mapped?: MappedResource;
  /** Absent when no account is known to belong to the object. */
  readonly link?: { readonly state: 'managed' | 'released' };
  /** Last known state of the linked or matched account. Absent: there is none. */
  readonly targetView?: JsonObject;
  /** Leave accounts alone whose person is unassigned or filtered out (Entra's SkipOutOfScopeDeletions). Default off. */
  readonly skipsOutOfScopeDeletions?: boolean;
  /** The app cannot disable: leaving means DELETE (rule D7). Default off. */
  readonly hasNoSoftDelete?: boolean;
  /** A person who was let go and is then gone for good is deleted in the app too. Default off, as Entra (rule D4). */
  readonly deletesReleased?: boolean;
}

type Outside = Extract<ScopeVerdict, { inScope: false }>;

/**
 * Decides what is to be done about one object: no I/O, no clock, no chance. Rules D1 to D12 of Entra's deprovisioning
 * ("How provisioning works", "Scoping filters", "Skip deletion of out-of-scope users").
 */
export function planObject(seen: Seen): Plan {
  if (!seen.isEnabled) return nothing('mapping-off', `The mapping for ${seen.objectType}s is switched off.`);
  return seen.verdict.inScope ? planInside(seen) : planOutside(seen, seen.verdict);
}

function planInside(seen: Seen): Plan {
  const { mapped, targetView, actions } = seen;
  if (mapped === undefined) throw new Error('an object in scope must be mapped before it is planned');
  if (targetView === undefined)
    return actions.create ? planCreate(mapped) : nothing('create-off', 'The Create action is switched off.');
  const wanted = mapped.values.filter(isWrittenOnUpdate);
  const { operations, changes } = differenceOf(wanted, mapped, targetView);
  if (operations.length === 0)
    return { ...nothing('unchanged', 'The account is equal already.'), linkAfter: 'managed' };
  if (!actions.update) return { ...nothing('update-off', 'The Update action is switched off.'), linkAfter: 'managed' };
  return { do: 'update', operations, changes, linkAfter: 'managed' };
}

function differenceOf(wanted: readonly MappedValue[], mapped: MappedResource, view: JsonObject): Difference {
  const written = diffValues(wanted, view);
  if (mapped.cleared === undefined) return written;
  const cleared = clearValues(mapped.cleared, view);
  return {
    operations: [...written.operations, ...cleared.operations],
    changes: [...written.changes, ...cleared.changes],
  };
}

function planCreate(mapped: MappedResource): Plan {
  const changes = mapped.values.map((value): Change => {
    return { attribute: value.row.path.text, oldValue: null, newValue: shownValue(value) };
  });
  return { do: 'create', resource: buildResource(mapped), changes, linkAfter: 'managed' };
}

/** Create-only values belong to the creation, and so do defaults unless the mapping says otherwise. */
function isWrittenOnUpdate({ row, isDefault }: MappedValue): boolean {
  return row.apply !== 'create-only' && (!isDefault || row.usesFallbackOnUpdate);
}

function planOutside(seen: Seen, verdict: Outside): Plan {
  if (seen.link === undefined) return neverProvisioned(verdict);
  const isDeletedLate = verdict.because === 'hard-deleted' && seen.deletesReleased === true;
  if (seen.link.state === 'released' && !isDeletedLate) {
    return nothing('released', `${verdict.text} The account was released earlier and is left alone.`);
  }
  if (verdict.because === 'hard-deleted') return planDelete(seen, verdict);
  const isOutOfScope = verdict.because === 'not-assigned' || verdict.because === 'filter';
  if (isOutOfScope && seen.skipsOutOfScopeDeletions === true) {
    const text = `${verdict.text} Accounts that leave the scope are left alone (SkipOutOfScopeDeletions).`;
    return { ...nothing('out-of-scope-deletions-skipped', text), linkAfter: 'released' };
  }
  if (seen.objectType === 'group' || seen.hasNoSoftDelete === true) return planDelete(seen, verdict);
  return planDisable(seen, verdict, isOutOfScope ? 'released' : 'managed');
}

function neverProvisioned(verdict: Outside): Plan {
  const because = verdict.because === 'disabled' ? 'disabled-never-provisioned' : 'never-provisioned';
  return nothing(because, `${verdict.text} There is no account of the job for it.`);
}

function planDelete(seen: Seen, verdict: Outside): Plan {
  if (!seen.actions.delete) return nothing('delete-off', `${verdict.text} The Delete action is switched off.`);
  return { do: 'delete', linkAfter: 'dropped', text: verdict.text };
}

/** A disable is an update of whatever carries IsSoftDeleted, usually `active`; nothing else is written on the way out. */
function planDisable(seen: Seen, verdict: Outside, linkAfter: 'managed' | 'released'): Plan {
  if (!seen.actions.update) {
    return nothing('update-off', `${verdict.text} Disabling is an update, and the Update action is switched off.`);
  }
  const carriers = (seen.mapped?.values ?? []).filter(({ row }) => row.carriesSoftDelete).filter(isWrittenOnUpdate);
  if (carriers.length === 0) {
    const text = `${verdict.text} No mapping carries IsSoftDeleted, so the account stays as it is.`;
    return { ...nothing('no-soft-delete-mapping', text), linkAfter };
  }
  const { operations, changes }: Difference = diffValues(carriers, seen.targetView ?? {});
  if (operations.length === 0) {
    return { ...nothing('already-disabled', `${verdict.text} The account is disabled already.`), linkAfter };
  }
  return { do: 'disable', operations, changes, linkAfter, text: verdict.text };
}

const NOTHING_CODES: Readonly<Record<NothingBecause, Extract<Plan, { do: 'nothing' }>['code']>> = {
  unchanged: 'RedundantExport',
  'already-disabled': 'RedundantExport',
  'never-provisioned': 'NotEffectivelyEntitled',
  'disabled-never-provisioned': 'NotEffectivelyEntitled',
  released: 'NotEffectivelyEntitled',
  'mapping-off': 'EntrySynchronizationSkipped',
  'create-off': 'EntrySynchronizationSkipped',
  'update-off': 'EntrySynchronizationSkipped',
  'delete-off': 'EntrySynchronizationSkipped',
  'no-soft-delete-mapping': 'EntrySynchronizationSkipped',
  'out-of-scope-deletions-skipped': 'EntrySynchronizationSkipped',
};

function nothing(because: NothingBecause, text: string): Extract<Plan, { do: 'nothing' }> {
  const linkAfter: LinkAfter = 'keep';
  return { do: 'nothing', because, code: NOTHING_CODES[because], text, linkAfter };
}

import type { Examined } from '../cycle/examined.ts';
import type { PlannedObject } from '../cycle/plan-cycle.ts';
import { toPlanned } from '../cycle/plan-cycle.ts';
import { fingerprintOf } from '../guard/fingerprint.ts';

/** A reference that would be written: the target attribute, and the directory's id of whom it names. */
export interface PlannedReference {
  readonly attribute: string;
  readonly referencedId: string;
}

/** One object of a plan that is kept, with what the plan was made from. */
export interface StagedItem extends Omit<PlannedObject, 'action'> {
  /**
   * `members`: who is in a group changes; `references`: whom a person refers to, such as the manager. The object itself may
   * have an item of its own.
   */
  readonly action: PlannedObject['action'] | 'members' | 'references';
  /** Source ids of members that come and go. */
  readonly memberIds?: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** In the order of `changes`. */
  readonly references?: readonly PlannedReference[];
  /** Changes with the person or group, and with who is assigned. */
  readonly sourceHash: string;
  /** The account that the plan is about; `null` = it does not exist yet. */
  readonly targetId: string | null;
  /** Changes with the account as the app has it. */
  readonly viewHash: string | null;
  /** Changes with what would be sent. */
  readonly planHash: string;
}

/** An object's part of a plan, or `undefined` when nothing would be done about it. */
export function toStagedItem(item: Examined): StagedItem | undefined {
  const planned = toPlanned(item);
  if (planned.action === 'skip' || planned.action === 'fail' || item.finding.kind !== 'plan') return undefined;
  const { source } = item;
  const view = item.link?.view ?? item.matched?.resource;
  return {
    ...planned,
    sourceHash: hashOf(source.objectType === 'user' ? source.user : source.group),
    targetId: item.link?.targetId ?? item.matched?.id ?? null,
    viewHash: view === undefined ? null : hashOf(view),
    planHash: hashOf(item.finding.plan),
  };
}

/** Why an item of a plan may not be carried out any more, in a sentence; `undefined` = everything is as it was. */
export function outdatedBecause(planned: StagedItem, item: Examined): string | undefined {
  const now = toStagedItem(item);
  const who = planned.source.displayName;
  if (now === undefined) return `${who}: nothing would be done any more (${toPlanned(item).text})`;
  if (now.sourceHash !== planned.sourceHash) return `${who} has changed in the directory since the plan was made.`;
  if (now.targetId !== planned.targetId) return `${who} has another account in the app than when the plan was made.`;
  if (now.viewHash !== planned.viewHash) return `The account of ${who} has changed in the app since the plan was made.`;
  if (now.planHash !== planned.planHash) return `For ${who} something else would be sent than the plan says.`;
  return undefined;
}

/** A short text that changes with a value, by the order of its members, too; no proof against forgery. */
export function hashOf(value: object): string {
  return fingerprintOf({ attributes: JSON.parse(JSON.stringify({ value })), isAssigned: false, deleted: '' });
}

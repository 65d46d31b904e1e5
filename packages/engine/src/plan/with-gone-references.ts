import type { JsonObject } from '@lockstep/scim';
import type { MappedResource } from '../mapping/map-object.ts';
import type { Plan } from './plan.ts';
import { planReference } from './plan-references.ts';

/**
 * Adds the removal of references that the directory no longer has, such as a manager, to the plan of a person. What is
 * to be set waits for the second pass; what is to go needs nobody else's account. Members of groups are compared on
 * their own.
 */
export function withGoneReferences(plan: Plan, mapped: MappedResource, targetView: JsonObject | undefined): Plan {
  if (targetView === undefined || (plan.do !== 'update' && plan.do !== 'nothing')) return plan;
  if (plan.do === 'nothing' && plan.because !== 'unchanged') return plan;
  const gone = mapped.references
    .filter(({ row, sourceIds }) => row.path.name !== 'members' && sourceIds.length === 0)
    .map(({ row }) => planReference(row.path, { kind: 'none' }, targetView))
    .filter((reference) => reference !== undefined);
  if (gone.length === 0) return plan;
  const before = plan.do === 'update' ? plan : { operations: [], changes: [] };
  return {
    do: 'update',
    operations: [...before.operations, ...gone.flatMap((reference) => reference.operations)],
    changes: [...before.changes, ...gone.flatMap((reference) => reference.changes)],
    linkAfter: 'managed',
  };
}

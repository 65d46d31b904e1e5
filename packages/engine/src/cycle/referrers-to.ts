import { planReference } from '../plan/plan-references.ts';
import type { PendingReference } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import type { Examined } from './examined.ts';

/**
 * References of other people, such as `manager`, that point to an account which was replaced: they wait again, and the
 * second pass writes the new account.
 */
export async function referrersTo(run: CycleRun, replaced: Examined): Promise<readonly PendingReference[]> {
  const { objectType, id: referencedId, link } = replaced;
  if (objectType !== 'user' || link === undefined) return [];
  const rows = run.job.objects.user.mapping.mappings.filter(({ path }) => path.shape === 'reference');
  if (rows.length === 0) return [];
  const wanted = { kind: 'account', targetId: link.targetId } as const;
  const links = await run.ports.store.linksNaming(run.job.definition.id, link.targetId);
  return links.flatMap(({ sourceId, view, state }) =>
    rows
      .filter(({ path }) => state === 'managed' && planReference(path, wanted, view) === undefined)
      .map(({ path }) => ({ objectType, sourceId, attribute: path.text, referencedId })),
  );
}

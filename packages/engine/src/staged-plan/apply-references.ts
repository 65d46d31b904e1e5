import type { CycleRun } from '../cycle/cycle-run.ts';
import { referenceKey } from '../cycle/cycle-run.ts';
import { examineObjects } from '../cycle/examine-objects.ts';
import type { Examined } from '../cycle/examined.ts';
import { readObjects } from '../cycle/read-objects.ts';
import { resolveReferences } from '../cycle/resolve-references.ts';
import { referenceOf } from '../plan/plan-references.ts';
import type { Link } from '../ports/engine-store.ts';
import { referencesOf } from './stage-references.ts';
import type { StagedItem } from './staged-item.ts';

const PAGE = 256;

/**
 * Carries out the references of a plan, those it names and no other, each only when person, account and reference are still
 * as the plan has them. Gives why an item is refused; what is not refused has been handed to the second pass.
 */
export async function applyReferences(
  run: CycleRun,
  whole: readonly StagedItem[],
): Promise<ReadonlyMap<StagedItem, string>> {
  const items = whole.filter((item) => item.action === 'references');
  const refusals = new Map<StagedItem, string>();
  const accepted = new Set<string>();
  for (let at = 0; at < items.length; at += PAGE) {
    const part = items.slice(at, at + PAGE);
    const found = await look(run, part);
    for (const item of part) {
      const why = outdatedBecause(run, item, found);
      if (why !== undefined) refusals.set(item, why);
      else for (const one of item.references ?? []) accepted.add(referenceKey({ sourceId: item.source.id, ...one }));
    }
    await keepWaiting(run, {
      found,
      items: part.filter((item) => !refusals.has(item)),
    });
  }
  await resolveReferences({ ...run, onlyReferences: accepted });
  return refusals;
}

interface Found {
  readonly people: ReadonlyMap<string, Examined>;
  /** Links of those who are referred to. */
  readonly links: ReadonlyMap<string, Link>;
}

/** The people of the items, their accounts read from the app. */
async function look(run: CycleRun, items: readonly StagedItem[]): Promise<Found> {
  const ids = items.map((item) => item.source.id);
  const objects = await readObjects(run, 'user', ids);
  const examined = await examineObjects(run.job, run.ports, { objects, options: { uncertain: new Set(ids) } });
  const referencedIds = items.flatMap((item) => (item.references ?? []).map((one) => one.referencedId));
  const links = await run.ports.store.links(run.job.definition.id, 'user', [...new Set(referencedIds)]);
  return { people: new Map(examined.map((item) => [item.id, item])), links };
}

function outdatedBecause(run: CycleRun, item: StagedItem, found: Found): string | undefined {
  const name = item.source.displayName;
  const person = found.people.get(item.source.id);
  const link = person?.link;
  if (person === undefined || link === undefined || link.state !== 'managed')
    return `${name} has no account in the app.`;
  if (person.finding.kind === 'failure') return person.finding.failure.text;
  if (item.targetId !== null && link.targetId !== item.targetId) {
    return `${name} has another account in the app than when the plan was made.`;
  }
  const now = new Set(referencesOf(person).map((one) => referenceKey({ sourceId: person.id, ...one })));
  for (const [at, reference] of (item.references ?? []).entries()) {
    const oldValue = item.changes[at]?.oldValue ?? null;
    const isNamed = now.has(referenceKey({ sourceId: person.id, ...reference }));
    const isReachable = found.links.get(reference.referencedId)?.state === 'managed';
    const current = currentOf(run, link, reference.attribute);
    const who = `${reference.attribute} of ${name}`;
    if (!isNamed) return `${who} has changed in the directory since the plan was made.`;
    if (!isReachable) return `Whom ${who} names got no account.`;
    if (current !== oldValue) return `${who} has changed in the app since the plan was made.`;
  }
  return undefined;
}

function currentOf(run: CycleRun, link: Link, attribute: string): string | null {
  const path = run.job.objects.user.mapping.mappings.find((row) => row.path.text === attribute)?.path;
  return path === undefined ? null : (referenceOf(path, link.view) ?? null);
}

/** The second pass writes what waits, from the account as it was just read. */
async function keepWaiting(
  run: CycleRun,
  { found, items }: { readonly found: Found; readonly items: readonly StagedItem[] },
): Promise<void> {
  const outcomes = items.flatMap((item) => {
    const person = found.people.get(item.source.id);
    if (person?.link === undefined) return [];
    const sourceId = person.id;
    const pending = referencesOf(person).map((one) => ({ objectType: 'user' as const, sourceId, ...one }));
    return [{ objectType: 'user' as const, sourceId, link: person.link, pending }];
  });
  if (outcomes.length > 0) await run.record(outcomes);
}

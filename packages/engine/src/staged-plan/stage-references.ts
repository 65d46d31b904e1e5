import type { CyclePorts } from '../cycle/cycle-ports.ts';
import { examineObjects, idOf } from '../cycle/examine-objects.ts';
import type { Examined } from '../cycle/examined.ts';
import { readObjects } from '../cycle/read-objects.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import { type Change, NEW_ACCOUNT } from '../plan/plan.ts';
import { planReference, referenceOf } from '../plan/plan-references.ts';
import type { Link, PendingReference } from '../ports/engine-store.ts';
import type { PlannedAccounts } from './stage-members.ts';
import { hashOf, type PlannedReference, type StagedItem } from './staged-item.ts';

/** People whose references the next cycle would look at, with whom they refer to. */
export type Referrers = Map<string, readonly PlannedReference[]>;

/** Remembers whom a person of the plan refers to. */
export function noteReferrer(referrers: Referrers, item: Examined): void {
  if (item.objectType !== 'user' || item.mapped === undefined || !item.verdict.inScope) return;
  const references = referencesOf(item);
  if (references.length > 0) referrers.set(item.id, references);
}

export function referencesOf({ mapped }: Examined): readonly PlannedReference[] {
  return (mapped?.references ?? []).flatMap(({ row, sourceIds }) =>
    sourceIds.map((referencedId) => ({ attribute: row.path.text, referencedId })),
  );
}

const PAGE = 500;

/**
 * The references that the next cycle would write, one item a person: of those the plan names, and of those who wait for
 * somebody the plan makes an account for.
 */
export async function* stageReferences(
  job: CompiledJob,
  ports: CyclePorts,
  given: { readonly referrers: Referrers; readonly people: PlannedAccounts },
): AsyncGenerator<readonly StagedItem[]> {
  if (!job.objects.user.mapping.mappings.some(({ path }) => path.shape === 'reference')) return;
  const { referrers, people } = given;
  for await (const waiting of waitingFor(job, ports, people)) {
    for (const [id, references] of Map.groupBy(waiting, (one) => one.sourceId)) {
      if (!referrers.has(id)) referrers.set(id, references);
    }
  }
  const ids = [...referrers.keys()].filter((id) => !people.gone.has(id));
  for (let at = 0; at < ids.length; at += PAGE) {
    const items = await stagePage(job, ports, { ids: ids.slice(at, at + PAGE), referrers, people });
    if (items.length > 0) yield items;
  }
}

/** References that wait, and whose object has an account already or gets one. */
async function* waitingFor(
  job: CompiledJob,
  ports: CyclePorts,
  people: PlannedAccounts,
): AsyncGenerator<readonly PendingReference[]> {
  const jobId = job.definition.id;
  const isOfUser = (one: PendingReference): boolean => one.objectType === 'user';
  const ids = [...people.managed];
  for (let at = 0; at < ids.length; at += PAGE) {
    yield (await ports.store.referencesTo(jobId, ids.slice(at, at + PAGE))).filter(isOfUser);
  }
  for (let after: Pick<PendingReference, 'objectType' | 'sourceId'> | undefined; ; ) {
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const waiting = await ports.store.resolvableReferences(jobId, page);
    const last = waiting.at(-1);
    if (last === undefined) return;
    yield waiting.filter(isOfUser);
    after = last;
  }
}

interface Page {
  readonly ids: readonly string[];
  readonly referrers: Referrers;
  readonly people: PlannedAccounts;
}

async function stagePage(job: CompiledJob, ports: CyclePorts, page: Page): Promise<readonly StagedItem[]> {
  const referencedIds = page.ids.flatMap((id) => page.referrers.get(id) ?? []).map((one) => one.referencedId);
  const links = await ports.store.links(job.definition.id, 'user', [...new Set([...page.ids, ...referencedIds])]);
  const isChanging = (id: string): boolean => changesOf(job, { id, page, links, view: links.get(id)?.view }).length > 0;
  const ids = page.ids.filter((id) => isManaged(id, links, page.people) && isChanging(id));
  if (ids.length === 0) return [];
  // What the app has is read, so that it can be told later whether it is still the same.
  const objects = await readObjects({ job, ports }, 'user', ids);
  const linked = new Set(objects.map(idOf).filter((id) => links.has(id)));
  const examined = await examineObjects(job, ports, { objects, options: { uncertain: linked } });
  return examined.flatMap((item) => {
    const view = item.link?.view ?? item.matched?.resource;
    const changes = changesOf(job, { id: item.id, page, links, view });
    return changes.length === 0 ? [] : [toItem(item, changes)];
  });
}

function isManaged(id: string, links: ReadonlyMap<string, Link>, people: PlannedAccounts): boolean {
  return !people.gone.has(id) && (people.managed.has(id) || links.get(id)?.state === 'managed');
}

interface ReferenceChange extends PlannedReference {
  readonly change: Change;
}

function changesOf(
  job: CompiledJob,
  of: {
    readonly id: string;
    readonly page: Page;
    readonly links: ReadonlyMap<string, Link>;
    readonly view: Link['view'] | undefined;
  },
): readonly ReferenceChange[] {
  const { page, links, view = {} } = of;
  return (page.referrers.get(of.id) ?? []).flatMap((reference): ReferenceChange[] => {
    const path = pathOf(job, reference.attribute);
    if (path === undefined || !isManaged(reference.referencedId, links, page.people)) return [];
    const targetId = links.get(reference.referencedId)?.targetId;
    if (targetId === undefined) {
      const change = { attribute: path.text, oldValue: referenceOf(path, view) ?? null, newValue: NEW_ACCOUNT };
      return [{ ...reference, change }];
    }
    const [change] = planReference(path, { kind: 'account', targetId }, view)?.changes ?? [];
    return change === undefined ? [] : [{ ...reference, change }];
  });
}

function pathOf(job: CompiledJob, attribute: string): TargetPath | undefined {
  return job.objects.user.mapping.mappings.find(({ path }) => path.text === attribute)?.path;
}

function toItem(item: Examined, found: readonly ReferenceChange[]): StagedItem {
  const attributes = found.map(({ change }) => change.attribute).join(', ');
  const references = found.map(({ attribute, referencedId }) => ({ attribute, referencedId }));
  const changes = found.map(({ change }) => change);
  return {
    objectType: 'user',
    source: { id: item.id, displayName: item.displayName, type: 'User' },
    action: 'references',
    text: `${attributes} would be written once both people have their accounts.`,
    changes,
    references,
    sourceHash: '',
    targetId: item.link?.targetId ?? item.matched?.id ?? null,
    viewHash: null,
    planHash: hashOf({ references, changes }),
  };
}

import type { CyclePorts } from '../cycle/cycle-ports.ts';
import { isInScope } from '../cycle/examine-objects.ts';
import type { Examined } from '../cycle/examined.ts';
import { readObjects } from '../cycle/read-objects.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import type { Link } from '../ports/engine-store.ts';
import { hashOf, type StagedItem } from './staged-item.ts';

/** What a plan makes of the accounts it names, by source id: who has one afterwards, and who has none any more. */
export interface PlannedAccounts {
  readonly managed: Set<string>;
  readonly gone: Set<string>;
}

/** Remembers what becomes of an object's account. */
export function notePlanned(accounts: PlannedAccounts, item: Examined): void {
  const plan = item.finding.kind === 'plan' ? item.finding.plan : undefined;
  if (plan === undefined) return;
  const isManaged = plan.do === 'create' || (plan.do !== 'delete' && plan.linkAfter === 'managed');
  if (isManaged) accounts.managed.add(item.id);
  else if (plan.do !== 'nothing' || plan.linkAfter !== 'keep') accounts.gone.add(item.id);
}

const PAGE = 1_000;
const GROUPS_PAGE = 200;
const FEED_PAGE = 1_000;

/** The membership changes of the next cycle: one item a group that would change, with the ids of its members. */
export async function* stageMembers(
  job: CompiledJob,
  ports: CyclePorts,
  accounts: { readonly user: PlannedAccounts; readonly group: PlannedAccounts },
): AsyncGenerator<readonly StagedItem[]> {
  const rules = job.objects.group;
  if (!rules.isEnabled || !rules.mapping.mappings.some((one) => one.path.name === 'members')) return;
  for await (const ids of candidates(job, ports)) {
    const items = await stagePage(job, ports, { ids, accounts });
    if (items.length > 0) yield items;
  }
}

async function stagePage(
  job: CompiledJob,
  ports: CyclePorts,
  given: { readonly ids: readonly string[]; readonly accounts: Parameters<typeof stageMembers>[2] },
): Promise<readonly StagedItem[]> {
  const { user: people, group: groups } = given.accounts;
  const links = await ports.store.links(job.definition.id, 'group', given.ids);
  const items: StagedItem[] = [];
  for (const object of await readObjects({ job, ports }, 'group', given.ids)) {
    if (object.objectType !== 'group' || !isInScope({ job }, object)) continue;
    const { group } = object;
    const link = links.get(group.id);
    const hasLink = link?.state === 'managed' && !groups.gone.has(group.id);
    if (!hasLink && !groups.managed.has(group.id)) continue;
    const item = await stageGroup(job, ports, { group, link, people });
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** Groups whose members the next cycle would look at. */
async function* candidates(job: CompiledJob, ports: CyclePorts): AsyncGenerator<readonly string[]> {
  const { id, scope } = job.definition;
  const state = await ports.store.state(id);
  if (state.kind === 'initial') {
    for (let after: string | undefined; ; ) {
      const page = { limit: GROUPS_PAGE, scope, ...(after === undefined ? {} : { after }) };
      const groups = await ports.directory.groupPage(id, page);
      yield groups.map((group) => group.id);
      after = groups.at(-1)?.id;
      if (groups.length < GROUPS_PAGE) return;
    }
  }
  const ids = await changedGroups(ports, id, state.watermark);
  for (let at = 0; at < ids.length; at += GROUPS_PAGE) yield ids.slice(at, at + GROUPS_PAGE);
}

async function changedGroups(ports: CyclePorts, jobId: string, watermark: number): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (let after = watermark; ; ) {
    const changes = await ports.directory.changes(jobId, after, FEED_PAGE);
    for (const one of [...changes.groupIds, ...changes.regroupedIds, ...changes.memberChanges.keys()]) ids.add(one);
    if (changes.isLast) break;
    after = changes.next;
  }
  for (let after: { readonly objectType: 'user' | 'group'; readonly sourceId: string } | undefined; ; ) {
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const waiting = await ports.store.resolvableReferences(jobId, page);
    const last = waiting.at(-1);
    if (last === undefined) return [...ids];
    for (const one of waiting) if (one.objectType === 'group') ids.add(one.sourceId);
    after = { objectType: last.objectType, sourceId: last.sourceId };
  }
}

interface GroupToStage {
  readonly group: { readonly id: string; readonly attributes: { readonly [name: string]: unknown } };
  readonly link: Link | undefined;
  readonly people: PlannedAccounts;
}

async function stageGroup(job: CompiledJob, ports: CyclePorts, given: GroupToStage): Promise<StagedItem | undefined> {
  const { group, link } = given;
  const sent = new Set(await all((page) => ports.store.sentMembers(job.definition.id, group.id, page)));
  const wanted = await wantedIds(job, ports, given);
  const added = [...wanted].filter((id) => !sent.has(id)).toSorted();
  const removed = [...sent].filter((id) => !wanted.has(id)).toSorted();
  if (added.length + removed.length === 0) return undefined;
  const name = group.attributes['displayName'];
  const listed = (ids: readonly string[]): string | null => (ids.length === 0 ? null : ids.join(', '));
  return {
    objectType: 'group',
    source: { id: group.id, displayName: typeof name === 'string' ? name : group.id, type: 'Group' },
    action: 'members',
    text: `${added.length} members would be added and ${removed.length} removed.`,
    changes: [{ attribute: 'members', oldValue: listed(removed), newValue: listed(added) }],
    memberIds: { added, removed },
    sourceHash: '',
    targetId: link?.targetId ?? null,
    viewHash: null,
    planHash: hashOf({ added, removed }),
  };
}

async function wantedIds(job: CompiledJob, ports: CyclePorts, { group, people }: GroupToStage): Promise<Set<string>> {
  const wanted = new Set<string>();
  const ids = await all((page) => ports.directory.memberIds(group.id, page));
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE);
    const links = await ports.store.links(job.definition.id, 'user', part);
    const has = (id: string): boolean => links.get(id)?.state === 'managed' && !people.gone.has(id);
    for (const id of part) if (people.managed.has(id) || has(id)) wanted.add(id);
  }
  return wanted;
}

async function all(
  read: (page: { readonly after?: string; readonly limit: number }) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    ids.push(...page);
    if (page.length < PAGE) return ids;
    after = page.at(-1);
  }
}

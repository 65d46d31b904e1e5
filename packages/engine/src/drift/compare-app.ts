import type { JsonObject } from '@lockstep/scim';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import { examineObjects, withoutMeta } from '../cycle/examine-objects.ts';
import type { Examined } from '../cycle/examined.ts';
import { readObjects } from '../cycle/read-objects.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { Change } from '../plan/plan.ts';
import type { Link, ObjectType } from '../ports/engine-store.ts';

/** How an account differs from what it should be. */
export type DriftClass =
  /** A link says there is an account; the app has none. */
  | 'missingAccount'
  /** Attributes differ. */
  | 'changedAttributes'
  /** The account is active although the person has left the scope, or is still there. */
  | 'notRemoved'
  /** Members of a group that nobody put there. */
  | 'extraMembers'
  /** Members that were told to the app and are not there. */
  | 'missingMembers'
  /** An account that belongs to nobody. */
  | 'extraAccount';

/** One difference between the app and what it should be. */
export interface DriftFinding {
  readonly class: DriftClass;
  readonly objectType: ObjectType;
  readonly targetId: string;
  /** Absent for an account of nobody. */
  readonly sourceId?: string;
  readonly displayName: string;
  /** From what the app has to what it should have. */
  readonly changes: readonly Change[];
  /** Account ids of members that are too many or missing. */
  readonly memberIds?: readonly string[];
}

const PAGE_SIZE = 200;
const PAGES_MAX = 5_000;
const LINK_PAGE = 500;
const MEMBERS_SHOWN_MAX = 10_000;

/** Compares the whole app with what it should be, page by page. Sends nothing that writes. */
export async function* compareApp(job: CompiledJob, given: CyclePorts): AsyncGenerator<readonly DriftFinding[]> {
  const ports = portsOf(job, given);
  for (const objectType of ['user', 'group'] as const) {
    if (!job.objects[objectType].isEnabled) continue;
    const seen = new Set<string>();
    yield* comparePages(job, ports, { objectType, seen });
    yield* findMissing(job, ports, { objectType, seen });
  }
  if (job.objects.group.isEnabled) yield* compareMembers(job, ports);
}

interface Of {
  readonly objectType: ObjectType;
  /** Accounts the app listed. */
  readonly seen: Set<string>;
}

async function* comparePages(job: CompiledJob, ports: CyclePorts, of: Of): AsyncGenerator<readonly DriftFinding[]> {
  const { endpoint } = job.objects[of.objectType];
  const query = { count: PAGE_SIZE, pagesMax: PAGES_MAX, excludedAttributes: ['members', 'groups'] };
  for await (const page of ports.client.eachPage(endpoint, query)) {
    if (ports.isStopping()) return;
    const fresh = page.resources.filter((account) => !of.seen.has(account.id));
    for (const account of fresh) of.seen.add(account.id);
    yield await comparePage(job, ports, { objectType: of.objectType, accounts: fresh });
  }
}

async function comparePage(
  job: CompiledJob,
  ports: CyclePorts,
  page: { readonly objectType: ObjectType; readonly accounts: readonly (JsonObject & { readonly id: string })[] },
): Promise<readonly DriftFinding[]> {
  const { objectType, accounts } = page;
  const jobId = job.definition.id;
  const found = await Promise.all(
    accounts.map(async (account) => ({ account, link: await ports.store.linkByTarget(jobId, objectType, account.id) })),
  );
  const linked = new Map<string, Link>();
  const findings: DriftFinding[] = [];
  for (const { account, link } of found) {
    if (link === undefined) findings.push(extraAccount(objectType, account));
    else if (link.state === 'managed') linked.set(link.sourceId, { ...link, view: withoutMeta(account) });
  }
  for (const item of await examineWith(job, ports, { objectType, links: linked })) {
    const finding = findingOf(item);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

/** Plans objects as if their accounts were known to be as the links say. */
async function examineWith(
  job: CompiledJob,
  ports: CyclePorts,
  of: { readonly objectType: ObjectType; readonly links: ReadonlyMap<string, Link> },
): Promise<readonly Examined[]> {
  const objects = await readObjects({ job, ports }, of.objectType, [...of.links.keys()]);
  return examineObjects(job, { ...ports, store: { ...ports.store, links: async () => of.links } }, { objects });
}

function extraAccount(objectType: ObjectType, account: JsonObject & { readonly id: string }): DriftFinding {
  const displayName = nameOf(account) ?? account.id;
  return { class: 'extraAccount', objectType, targetId: account.id, displayName, changes: [] };
}

function nameOf(account: JsonObject): string | undefined {
  const name = account['userName'] ?? account['displayName'];
  return typeof name === 'string' ? name : undefined;
}

function findingOf(item: Examined): DriftFinding | undefined {
  if (item.finding.kind !== 'plan' || item.link === undefined) return undefined;
  const { plan } = item.finding;
  const { objectType, id: sourceId, displayName } = item;
  const base = { objectType, sourceId, displayName, targetId: item.link.targetId };
  if (plan.do === 'update') return { ...base, class: 'changedAttributes', changes: plan.changes };
  if (plan.do === 'disable') return { ...base, class: 'notRemoved', changes: plan.changes };
  return plan.do === 'delete' ? { ...base, class: 'notRemoved', changes: [] } : undefined;
}

/** Links whose account was not listed are asked for one by one: a list may leave accounts out. */
async function* findMissing(job: CompiledJob, ports: CyclePorts, of: Of): AsyncGenerator<readonly DriftFinding[]> {
  const { endpoint } = job.objects[of.objectType];
  for await (const links of linkPages(job, ports, of.objectType)) {
    const findings: DriftFinding[] = [];
    for (const link of links.filter((one) => one.state === 'managed' && !of.seen.has(one.targetId))) {
      if (ports.isStopping()) return;
      if ((await ports.client.read(endpoint, link.targetId)) !== undefined) continue;
      const { objectType, sourceId, targetId } = link;
      const displayName = nameOf(link.view) ?? sourceId;
      findings.push({ class: 'missingAccount', objectType, sourceId, targetId, displayName, changes: [] });
    }
    yield findings;
  }
}

async function* linkPages(
  job: CompiledJob,
  ports: CyclePorts,
  objectType: ObjectType,
): AsyncGenerator<readonly Link[]> {
  for (let after: string | undefined; ; ) {
    const page = { limit: LINK_PAGE, ...(after === undefined ? {} : { after }) };
    const links = await ports.store.linkPage(job.definition.id, objectType, page);
    yield links;
    if (links.length < LINK_PAGE) return;
    after = links.at(-1)?.sourceId;
  }
}

async function* compareMembers(job: CompiledJob, ports: CyclePorts): AsyncGenerator<readonly DriftFinding[]> {
  const { endpoint } = job.objects.group;
  for await (const links of linkPages(job, ports, 'group')) {
    const findings: DriftFinding[] = [];
    for (const link of links.filter((one) => one.state === 'managed')) {
      if (ports.isStopping()) return;
      const group = await ports.client.read(endpoint, link.targetId);
      if (group !== undefined) findings.push(...(await memberFindings(job, ports, { link, group })));
    }
    yield findings;
  }
}

async function memberFindings(
  job: CompiledJob,
  ports: CyclePorts,
  of: { readonly link: Link; readonly group: JsonObject },
): Promise<readonly DriftFinding[]> {
  const { members } = of.group;
  const actual = new Set(Array.isArray(members) ? members.map((one) => memberId(one)).filter((id) => id !== '') : []);
  const wanted = await sentTargets(job, ports, of.link.sourceId);
  const { sourceId, targetId, view } = of.link;
  const base = { objectType: 'group', sourceId, targetId, displayName: nameOf(view) ?? sourceId, changes: [] } as const;
  const extra = [...actual.difference(wanted)].slice(0, MEMBERS_SHOWN_MAX);
  const missing = [...wanted.difference(actual)].slice(0, MEMBERS_SHOWN_MAX);
  const findings: DriftFinding[] = [];
  if (extra.length > 0) findings.push({ ...base, class: 'extraMembers', memberIds: extra });
  if (missing.length > 0) findings.push({ ...base, class: 'missingMembers', memberIds: missing });
  return findings;
}

function memberId(member: unknown): string {
  if (typeof member !== 'object' || member === null || !('value' in member)) return '';
  return typeof member.value === 'string' ? member.value : '';
}

/** Accounts of the members that the app was told of. */
async function sentTargets(job: CompiledJob, ports: CyclePorts, groupId: string): Promise<Set<string>> {
  const targets = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = { limit: LINK_PAGE, ...(after === undefined ? {} : { after }) };
    const ids = await ports.store.sentMembers(job.definition.id, groupId, page);
    const links = await ports.store.links(job.definition.id, 'user', ids);
    for (const link of links.values()) targets.add(link.targetId);
    if (ids.length < LINK_PAGE) return targets;
    after = ids.at(-1);
  }
}

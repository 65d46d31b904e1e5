import { buildPeopleIndex, type ClassifiedAccount, classifyAccounts } from '@lockstep/engine';
import {
  compileMatcher,
  ENTERPRISE_USER_SCHEMA,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type MatchResource,
  parseFilter,
  resolveFilter,
  ScimError,
  userType,
} from '@lockstep/scim';
import type { Finding, Scan, Store } from '@lockstep/store';
import type { AppService } from '../apps/app-service.ts';
import type { JobRunner } from '../apps/job-runner.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import { keptJson } from '../plans/kept-json.ts';

/** What may be done about an account that was found. */
export type ImportAction = 'link' | 'assign' | 'create' | 'ignore';

/** Which findings get which action: some by id, or all of a class. */
export interface ImportRequest {
  readonly action: ImportAction;
  readonly ids?: readonly string[] | undefined;
  readonly class?: string | undefined;
  /** Of those only the accounts that a SCIM filter matches, such as `title eq "Clerk"` (RFC 7644 §3.4.2.2). */
  readonly filter?: string | undefined;
  /** Value of the role that `assign` and `create` hand out; absent = Default Access. */
  readonly role?: string | undefined;
  /** People that `create` makes cannot sign in. Default false. */
  readonly isDisabled?: boolean | undefined;
  readonly isDryRun?: boolean | undefined;
  /** Most people that `create` may make, in percent of the directory; default 20. */
  readonly safeguardPercent?: number | undefined;
}

/** What became of one finding. */
export interface ImportOutcome {
  readonly id: string;
  readonly isDone: boolean;
  readonly text: string;
}

/** Finds the accounts of an app, and takes them over (Ziflow's "Import users"; Entra: "Account discovery"). */
export interface DiscoveryService {
  /** Looks through the whole app; goes on where an interrupted look stood. Writes nothing but findings. */
  scan(appId: string): Promise<Scan>;
  apply(appId: string, request: ImportRequest): Promise<readonly ImportOutcome[]>;
}

export interface DiscoveryServiceOptions {
  readonly store: Pick<Store, 'findings' | 'engine'>;
  readonly jobs: Pick<JobRunner, 'use'>;
  readonly apps: Pick<AppService, 'assign'>;
  readonly directory: DirectoryService;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

const PAGE_SIZE = 200;
/** 200 accounts each: a million. */
const PAGES_MAX = 5_000;
const APPLY_MAX = 10_000;
const SAFEGUARD_DEFAULT = 20;
const SAFEGUARD_MIN = 5;

export function createDiscoveryService(options: DiscoveryServiceOptions): DiscoveryService {
  return {
    scan: (appId) => scan(appId, options),
    apply: async (appId, request) => applyRequest(appId, request, options),
  };
}

async function scan(appId: string, options: DiscoveryServiceOptions): Promise<Scan> {
  const { findings } = options.store;
  const earlier = await findings.scan(appId, 'discovery');
  const isResumed = earlier !== undefined && earlier.state !== 'done' && earlier.position !== null;
  const begun: Scan = isResumed
    ? { ...earlier, state: 'running', endedMs: null }
    : {
        jobId: appId,
        kind: 'discovery',
        id: options.newId(),
        state: 'running',
        startedMs: options.nowMs(),
        endedMs: null,
        position: null,
        detail: {},
      };
  await findings.saveScan(begun);
  try {
    return await scanPages(begun, options);
  } catch (error) {
    const stopped = await findings.scan(appId, 'discovery');
    const why = error instanceof Error ? error.message : 'unknown';
    await findings.saveScan({
      ...(stopped ?? begun),
      state: 'failed',
      endedMs: options.nowMs(),
      detail: { error: why },
    });
    throw error;
  }
}

async function scanPages(begun: Scan, options: DiscoveryServiceOptions): Promise<Scan> {
  const { findings } = options.store;
  let current = begun;
  await options.jobs.use(begun.jobId, { isExclusive: false }, async (job, ports) => {
    const known = { index: await buildPeopleIndex(job, ports), claimed: new Map<string, string>() };
    const { endpoint } = job.objects.user;
    for (let pages = 0, startIndex = Number(begun.position ?? 1); pages < PAGES_MAX; pages += 1) {
      if (ports.isStopping()) throw new LockstepError('stopping', 'the server is stopping');
      const query = { startIndex, count: PAGE_SIZE, excludedAttributes: ['groups'] };
      const page = await ports.client.query(endpoint, query);
      const accounts = await classifyAccounts(job, ports, { accounts: page.resources, known });
      startIndex += page.resources.length;
      current = { ...current, position: String(startIndex) };
      await findings.saveFindings(current, accounts.map(toFinding), options.nowMs());
      if (page.resources.length === 0 || startIndex > page.totalResults) return;
    }
  });
  await refuseEmpty(current, options);
  const done: Scan = { ...current, state: 'done', endedMs: options.nowMs(), position: null };
  await findings.dropOlder(done);
  const counts = await findings.countFindings(done.jobId, 'discovery', 'open');
  const whole = { ...done, detail: { counts } };
  await findings.saveScan(whole);
  return whole;
}

/** An app that lists nobody although accounts are linked is not believed. */
async function refuseEmpty(scan: Scan, { store }: DiscoveryServiceOptions): Promise<void> {
  if (scan.position !== '1') return;
  const { users } = await store.engine.countLinks(scan.jobId);
  if (users === 0) return;
  throw new LockstepError('conflict', `the app lists no account, but ${users} are linked; nothing was forgotten`);
}

function toFinding(one: ClassifiedAccount): Omit<Finding, 'scanId' | 'state' | 'foundMs'> {
  const { targetId, people, isLinked, matchedBy, account } = one;
  const body = {
    targetId,
    people,
    isLinked,
    ...(matchedBy === undefined ? {} : { matchedBy }),
    account: shown(account),
  };
  return { id: targetId, class: one.class, body: keptJson(body) };
}

/** What is kept of an account: enough to tell whose it is and to make a person of it. */
const KEPT: readonly string[] = [
  'userName',
  'externalId',
  'displayName',
  'name',
  'emails',
  'active',
  'title',
  'userType',
  'preferredLanguage',
  ENTERPRISE_USER_SCHEMA,
];

function shown(account: JsonObject): JsonObject {
  return Object.fromEntries(KEPT.flatMap((name) => (account[name] === undefined ? [] : [[name, account[name]]])));
}

async function applyRequest(
  appId: string,
  request: ImportRequest,
  options: DiscoveryServiceOptions,
): Promise<readonly ImportOutcome[]> {
  if ((request.ids === undefined) === (request.class === undefined)) {
    throw new LockstepError('badRequest', 'either ids or class is needed');
  }
  const { ids, class: kind } = request;
  const query = {
    limit: APPLY_MAX,
    state: 'open',
    ...(ids === undefined ? {} : { ids }),
    ...(kind === undefined ? {} : { class: kind }),
  } as const;
  const matches = matcherOf(request.filter);
  const open = await options.store.findings.findings(appId, 'discovery', query);
  const found = matches === undefined ? open : open.filter((finding) => matches(accountIn(finding)));
  if (request.action === 'create') await safeguard(found, request, options);
  const outcomes: ImportOutcome[] = [];
  for (const finding of found) outcomes.push(await applyOne(appId, { finding, request }, options));
  return outcomes;
}

/** @throws {LockstepError} `invalidValue` for text that is no filter */
function matcherOf(filter: string | undefined): MatchResource | undefined {
  if (filter === undefined) return undefined;
  try {
    return compileMatcher(resolveFilter(parseFilter(filter), userType));
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new LockstepError('invalidValue', `filter: ${error.message}`, { cause: error });
  }
}

async function safeguard(
  found: readonly Finding[],
  { safeguardPercent = SAFEGUARD_DEFAULT, isDryRun }: ImportRequest,
  { directory }: DiscoveryServiceOptions,
): Promise<void> {
  if (isDryRun === true) return;
  const { total: users } = await directory.list('User', { count: 0 });
  const allowed = Math.max(SAFEGUARD_MIN, Math.floor((users * safeguardPercent) / 100));
  if (found.length <= allowed) return;
  const message = `${found.length} people would be made; ${safeguardPercent} % of the directory are ${allowed}`;
  throw new LockstepError('guardHeld', message, { hint: 'Choose fewer, or raise the safeguard if that is meant.' });
}

interface One {
  readonly finding: Finding;
  readonly request: ImportRequest;
}

async function applyOne(appId: string, one: One, options: DiscoveryServiceOptions): Promise<ImportOutcome> {
  const { finding, request } = one;
  const { id } = finding;
  const why = refusalOf(one);
  if (why !== undefined) return { id, isDone: false, text: why };
  if (request.isDryRun === true) return { id, isDone: false, text: `Would ${request.action} ${nameIn(finding)}.` };
  try {
    const text = await ACTIONS[request.action](appId, one, options);
    const state = request.action === 'ignore' ? 'ignored' : 'settled';
    await options.store.findings.settleFinding(appId, 'discovery', { id, state });
    return { id, isDone: true, text };
  } catch (error) {
    // One row that cannot be carried out does not stop the others; its reason is told.
    return { id, isDone: false, text: error instanceof Error ? error.message : 'it failed' };
  }
}

function refusalOf({ finding, request }: One): string | undefined {
  const { action } = request;
  if (action === 'ignore') return undefined;
  if (finding.class === 'ambiguous') return 'Several people or accounts fit; settle that first, then look again.';
  if (action === 'create') return finding.class === 'local' ? undefined : 'Somebody has this account already.';
  if (finding.class === 'local') return 'Nobody in the directory fits this account.';
  const isLinked = finding.body['isLinked'] === true;
  return isLinked && action === 'link' ? 'It is linked already.' : undefined;
}

type Action = (appId: string, one: One, options: DiscoveryServiceOptions) => Promise<string>;

const ACTIONS: Readonly<Record<ImportAction, Action>> = {
  ignore: async (_appId, { finding }) => `${nameIn(finding)} is ignored from now on.`,
  link: async (appId, { finding }, options) => {
    await link(appId, { sourceId: personIn(finding), targetId: finding.id }, options);
    return `${nameIn(finding)} is linked.`;
  },
  assign: async (appId, { finding, request }, options) => {
    const sourceId = personIn(finding);
    await link(appId, { sourceId, targetId: finding.id }, options);
    await assign(appId, sourceId, { request, options });
    return `${nameIn(finding)} is linked and assigned.`;
  },
  create: async (appId, { finding, request }, options) => {
    const attributes = attributesOf(finding, request.isDisabled === true);
    const entry = await options.directory.create('User', attributes);
    await link(appId, { sourceId: entry.objectId, targetId: finding.id }, options);
    await assign(appId, entry.objectId, { request, options });
    return `${nameIn(finding)} was made in the directory, linked and assigned.`;
  },
};

async function link(
  appId: string,
  { sourceId, targetId }: { readonly sourceId: string; readonly targetId: string },
  { jobs, store }: DiscoveryServiceOptions,
): Promise<void> {
  const taken = await store.engine.links(appId, 'user', [sourceId]);
  const other = taken.get(sourceId);
  if (other !== undefined && other.targetId !== targetId) {
    throw new LockstepError('conflict', 'the person is linked to another account');
  }
  await jobs.use(appId, { isExclusive: false }, async (job, ports) => {
    const account = await ports.client.read(job.objects.user.endpoint, targetId, { excludedAttributes: ['groups'] });
    if (account === undefined) throw new LockstepError('notFound', 'the app has the account no longer');
    const { meta: _meta, groups: _groups, ...view } = account;
    const made = { sourceId, objectType: 'user', targetId, view, state: 'managed' } as const;
    await ports.store.recordOutcomes(appId, [{ objectType: 'user', sourceId, link: made }]);
  });
}

async function assign(
  appId: string,
  user: string,
  { request, options }: { readonly request: ImportRequest; readonly options: DiscoveryServiceOptions },
): Promise<void> {
  await options.apps.assign(appId, { user, ...(request.role === undefined ? {} : { roles: [request.role] }) });
}

function personIn({ body }: Finding): string {
  const { people } = body;
  const [person] = isJsonArray(people) ? people : [];
  const id = isJsonObject(person) ? person['id'] : undefined;
  if (typeof id === 'string') return id;
  throw new LockstepError('conflict', 'nobody in the directory fits this account');
}

function accountIn({ body }: Finding): JsonObject {
  const { account } = body;
  return isJsonObject(account) ? account : {};
}

function nameIn(finding: Finding): string {
  const account = accountIn(finding);
  return textIn(account['userName']) ?? textIn(account['displayName']) ?? finding.id;
}

function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A person of an account, by the names that SCIM and the directory agree on. */
function attributesOf(finding: Finding, isDisabled: boolean): JsonObject {
  const account = accountIn(finding);
  const name = isJsonObject(account['name']) ? account['name'] : {};
  const emails = isJsonArray(account['emails']) ? account['emails'].filter(isJsonObject) : [];
  const mail = textIn((emails.find((one) => one['primary'] === true) ?? emails[0])?.['value']);
  const userPrincipalName = textIn(account['userName']);
  if (userPrincipalName === undefined) throw new LockstepError('invalidValue', 'the account has no userName');
  const given: Readonly<Record<string, string | undefined>> = {
    displayName: textIn(account['displayName']) ?? textIn(name['formatted']) ?? userPrincipalName,
    givenName: textIn(name['givenName']),
    surname: textIn(name['familyName']),
    mail,
    jobTitle: textIn(account['title']),
    mailNickname: userPrincipalName.split('@')[0],
  };
  const known = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const accountEnabled = !isDisabled && account['active'] !== false;
  return { userPrincipalName, accountEnabled, ...Object.fromEntries(known) };
}

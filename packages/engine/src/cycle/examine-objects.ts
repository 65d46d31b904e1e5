import type { TargetActions } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import type { Exchange } from '@lockstep/scim/client';
import type { EvaluationContext } from '../expression/step.ts';
import type { CompiledJob, CompiledObject } from '../job/compile-job.ts';
import type { LogStep } from '../log/log-record.ts';
import { failedMatchingStep, importStep, matchingStep, processingFailure, scopingStep } from '../log/steps.ts';
import { type MappedResource, type MapResult, mapObject } from '../mapping/map-object.ts';
import { groupAttributes, groupSource, userSource } from '../mapping/source-object.ts';
import { type Match, type MatchLookup, type MatchPlan, planMatch } from '../match/match-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { planObject } from '../plan/plan-object.ts';
import { withGoneReferences } from '../plan/with-gone-references.ts';
import type { Link, ObjectType } from '../ports/engine-store.ts';
import { filterSource, judgeGroupScope, judgeInput, judgeScope, type ScopeVerdict } from '../scope/judge-scope.ts';
import type { AccountIndex } from './account-index.ts';
import { jobFailure } from './cycle-error.ts';
import type { CyclePorts } from './cycle-ports.ts';
import type { Examined, Finding, SourceObjectOf } from './examined.ts';
import { type Failure, failureOf } from './failure.ts';
import { type FoundAccount, findAccount } from './find-account.ts';
import { eachLimited } from './limited.ts';
import { openTrace } from './open-trace.ts';
import { rivalFailure, rivalOf } from './rivals.ts';

export interface ExamineOptions {
  readonly index?: AccountIndex | undefined;
  /** Objects whose last request was never answered: their account is read again before anything is planned. */
  readonly uncertain?: ReadonlySet<string>;
  /** Objects whose creation was never answered: they are looked for even when they have left the scope meanwhile. */
  readonly mayExist?: ReadonlySet<string>;
}

const CONCURRENCY_DEFAULT = 64;

/**
 * Finds out what is to be done about a page of objects of one type: link, scope, mapping, match, plan. Sends nothing
 * that writes, so the cycle, a preview and provision on demand all share it.
 *
 * @throws {CycleError} when the app refuses everybody alike
 */
export async function examineObjects(
  job: CompiledJob,
  ports: CyclePorts,
  page: { readonly objects: readonly SourceObjectOf[]; readonly options?: ExamineOptions },
): Promise<readonly Examined[]> {
  const [first] = page.objects;
  if (first === undefined) return [];
  const { objectType } = first;
  const ids = page.objects.map(idOf);
  const links = await ports.store.links(job.definition.id, objectType, ids);
  const pageIds = new Set(ids);
  const examined: Examined[] = [];
  await eachLimited(page.objects, ports.concurrency ?? CONCURRENCY_DEFAULT, async (object) => {
    const link = links.get(idOf(object));
    examined.push(await examineObject(job, ports, { object, link, pageIds, options: page.options ?? {} }));
  });
  return examined;
}

interface Subject {
  readonly object: SourceObjectOf;
  readonly link: Link | undefined;
  readonly pageIds: ReadonlySet<string>;
  readonly options: ExamineOptions;
}

/** What is known of an object when only the finding is missing. */
type Draft = Omit<Examined, 'finding' | 'matched' | 'lookups' | 'mapped'> & { readonly steps: LogStep[] };

async function examineObject(job: CompiledJob, ports: CyclePorts, subject: Subject): Promise<Examined> {
  const { object, options } = subject;
  const rules = job.objects[object.objectType];
  const verdict = judge(object, rules);
  const current = await currentLink(ports, rules, subject);
  const { link } = current;
  const draft: Draft = {
    objectType: object.objectType,
    id: idOf(object),
    displayName: displayNameOf(object),
    source: object,
    verdict,
    link,
    steps: [],
  };
  const isNew = link === undefined;
  if (current.failure !== undefined) return withFinding(draft, { kind: 'failure', failure: current.failure });
  const attributes = attributesOf(object);
  const unseen = judgeInput(object, rules.inputFilters);
  if (unseen !== undefined) {
    draft.steps.push(importStep(object.objectType, isNew, { attributes, secrets: [] }));
    return withFinding(draft, { kind: 'skip', code: 'EntrySynchronizationSkipped', text: unseen });
  }
  const mayExist = isNew && options.mayExist?.has(idOf(object)) === true;
  const result =
    isGone(verdict) && !mayExist ? undefined : mapObject(rules.mapping, sourceOf(object, verdict), contextOf(ports));
  draft.steps.push(importStep(object.objectType, isNew, { attributes, secrets: secretsIn(result) }));
  if (result !== undefined && result.kind !== 'mapped') return withFinding(draft, unmapped(draft, result));
  const mapped = result?.mapped;
  const matching = matchingFor(draft, mapped, { rules, mayExist });
  if (matching?.do === 'skip') {
    return withFinding(draft, { kind: 'skip', code: matching.code, text: matching.text });
  }
  const lookups = matching?.lookups ?? [];
  const { pageIds } = subject;
  const match = await matchObject(ports, draft, { lookups, rules, index: options.index, job, pageIds });
  draft.steps.push(scopingStep(verdict, scopeFacts(object, rules)));
  if ('failed' in match) {
    const found = withFinding(draft, match.failed, match.wire);
    return match.comesAfter === true ? { ...found, comesAfter: true } : found;
  }
  const own = ownAccount(draft, match.matched);
  const known = {
    ...draft,
    link: own ?? link,
    isFoundAgain: own !== undefined,
    mapped,
    lookups,
    matched: own === undefined ? match.matched : undefined,
  };
  return { ...known, finding: { kind: 'plan', plan: planFor(job, known) } };
}

/** An account of a person outside the scope is only found when its creation was never answered: it is the job's own. */
function ownAccount(draft: Draft, matched: Examined['matched']): Link | undefined {
  if (draft.verdict.inScope || matched === undefined) return undefined;
  const { id: sourceId, objectType } = draft;
  return { sourceId, objectType, targetId: matched.id, view: matched.resource, state: 'managed' };
}

/** The plan for what is known of an object. */
export function planFor(
  job: CompiledJob,
  known: Pick<Examined, 'objectType' | 'verdict' | 'mapped' | 'link' | 'matched'>,
): Plan {
  const { objectType, verdict, mapped, link } = known;
  const { definition } = job;
  const targetView = link?.view ?? known.matched?.resource;
  const actions = objectActions(job, objectType);
  const plan = planObject({
    objectType,
    isEnabled: job.objects[objectType].isEnabled,
    actions,
    verdict,
    skipsOutOfScopeDeletions: definition.skipOutOfScopeDeletions === true,
    hasNoSoftDelete: definition.hasNoSoftDelete === true,
    deletesReleased: definition.deleteReleased === true,
    ...(mapped === undefined ? {} : { mapped }),
    ...(link === undefined ? {} : { link }),
    ...(targetView === undefined ? {} : { targetView }),
  });
  const canUpdate = actions.update && verdict.inScope && mapped !== undefined;
  return canUpdate ? withGoneReferences(plan, mapped, targetView) : plan;
}

/** Only who is in scope and not linked yet is looked for. */
function matchingFor(
  draft: Draft,
  mapped: MappedResource | undefined,
  { rules, mayExist }: { readonly rules: CompiledObject; readonly mayExist: boolean },
): MatchPlan | undefined {
  const isWanted = (draft.verdict.inScope || mayExist) && draft.link === undefined && rules.isEnabled;
  return isWanted && mapped !== undefined ? planMatch(mapped) : undefined;
}

function objectActions(job: CompiledJob, objectType: ObjectType): TargetActions {
  return objectType === 'user' ? job.definition.users.actions : job.definition.groups.actions;
}

interface CurrentLink {
  readonly link: Link | undefined;
  /** The account could not be read. */
  readonly failure?: Failure;
}

/** An account whose last request was never answered is read again: the stored view may be behind it. */
async function currentLink(ports: CyclePorts, rules: CompiledObject, subject: Subject): Promise<CurrentLink> {
  const { link, object, options } = subject;
  if (link === undefined || options.uncertain?.has(idOf(object)) !== true) return { link };
  try {
    const query = { excludedAttributes: ['members', 'groups'] };
    const account = await ports.client.read(rules.endpoint, link.targetId, query);
    return { link: account === undefined ? link : { ...link, view: withoutMeta(account) } };
  } catch (error) {
    const fatal = jobFailure(error);
    if (fatal !== undefined) throw fatal;
    return { link, failure: failureOf(error) };
  }
}

interface Matching {
  readonly lookups: readonly MatchLookup[];
  readonly rules: CompiledObject;
  readonly index: AccountIndex | undefined;
  readonly job: CompiledJob;
  readonly pageIds: ReadonlySet<string>;
}

type MatchOutcome =
  | { readonly matched: Examined['matched'] }
  | { readonly failed: Finding; readonly wire?: readonly Exchange[]; readonly comesAfter?: boolean };

async function matchObject(ports: CyclePorts, draft: Draft, matching: Matching): Promise<MatchOutcome> {
  if (draft.link !== undefined) {
    draft.steps.push(matchingStep('The account is linked already.', { targetId: draft.link.targetId }));
    return { matched: undefined };
  }
  if (matching.lookups.length === 0) return { matched: undefined };
  const trace = openTrace(ports);
  try {
    const { lookups, index } = matching;
    const { endpoint, mapping } = matching.rules;
    const found = await findAccount(trace.ports, { endpoint, lookups, matching: mapping.matching, index });
    if (found.match.kind !== 'one') return unmatched(draft, lookups, found);
    return await claim(ports, draft, { matching, found, match: found.match });
  } catch (error) {
    const fatal = jobFailure(error);
    if (fatal !== undefined) throw fatal;
    const failure = failureOf(error);
    draft.steps.push(failedMatchingStep(failure.text));
    return { failed: { kind: 'failure', failure }, wire: trace.exchanges };
  }
}

function unmatched(draft: Draft, lookups: readonly MatchLookup[], { match, asked }: FoundAccount): MatchOutcome {
  if (match.kind === 'several') {
    draft.steps.push(failedMatchingStep(match.text, asked));
    return { failed: { kind: 'failure', failure: { code: match.code, text: match.text, retry: 'ladder' } } };
  }
  const values = lookups.map(({ attribute, value }) => `${attribute} "${value}"`).join(', ');
  draft.steps.push(matchingStep(`The app has no account with ${values}.`, asked));
  return { matched: undefined };
}

/** The account that was found, unless it is somebody else's. */
async function claim(
  ports: CyclePorts,
  draft: Draft,
  given: {
    readonly matching: Matching;
    readonly found: FoundAccount;
    readonly match: Extract<Match, { readonly kind: 'one' }>;
  },
): Promise<MatchOutcome> {
  const { matching, found, match } = given;
  const details = { ...found.asked, targetId: match.id };
  const { job, pageIds } = matching;
  const rival = await rivalOf({ job, ports }, draft, { targetId: match.id, pageIds });
  if (rival !== undefined) {
    const failure = rivalFailure(rival.name, match.id);
    draft.steps.push(failedMatchingStep(failure.text, details));
    return { failed: { kind: 'failure', failure }, comesAfter: rival.isOnPage };
  }
  draft.steps.push(matchingStep(`Found the account by ${found.lookup?.attribute ?? 'id'}.`, details));
  return { matched: { id: match.id, resource: withoutMeta(match.resource) } };
}

function unmapped(draft: Draft, result: Exclude<MapResult, { kind: 'mapped' }>): Finding {
  if (result.kind === 'ignored') return { kind: 'skip', code: 'EntrySynchronizationSkipped', text: result.text };
  draft.steps.push(processingFailure(result.text));
  return { kind: 'failure', failure: { code: result.code, text: result.text, retry: 'ladder' } };
}

function withFinding(draft: Draft, finding: Finding, wire: readonly Exchange[] = []): Examined {
  return { ...draft, wire, mapped: undefined, matched: undefined, lookups: [], finding };
}

/** Whether an object is in scope, and what decided. */
export function judge(object: SourceObjectOf, rules: CompiledObject): ScopeVerdict {
  return object.objectType === 'user'
    ? judgeScope(object.user, rules.scope)
    : judgeGroupScope(object.group, rules.scope);
}

/** Whether an object is in the job's scope now. */
export function isInScope(run: { readonly job: CompiledJob }, object: SourceObjectOf): boolean {
  return judge(object, run.job.objects[object.objectType]).inScope;
}

/** Nothing is left of the object that could be mapped. */
export function isGone(verdict: ScopeVerdict): boolean {
  return !verdict.inScope && verdict.because === 'hard-deleted';
}

/** The object as expressions see it. */
export function sourceOf(object: SourceObjectOf, verdict: ScopeVerdict): ReturnType<typeof userSource> {
  return object.objectType === 'user'
    ? userSource(object.user, !verdict.inScope)
    : groupSource(object.group, !verdict.inScope);
}

function contextOf(ports: CyclePorts): EvaluationContext {
  return {
    nowMs: ports.clock.nowMs(),
    random: () => ports.random.fraction(),
    randomGuid: () => ports.random.guid(),
    ...(ports.defaultDomain === undefined ? {} : { defaultDomain: ports.defaultDomain }),
  };
}

export function idOf(object: SourceObjectOf): string {
  return object.objectType === 'user' ? object.user.id : object.group.id;
}

function attributesOf(object: SourceObjectOf): JsonObject {
  return object.objectType === 'user' ? object.user.attributes : object.group.attributes;
}

function scopeFacts(object: SourceObjectOf, rules: CompiledObject): Parameters<typeof scopingStep>[1] {
  const living = object.objectType === 'user' ? object.user : object.group;
  const isEnabled = object.objectType === 'group' || object.user.isAccountEnabled;
  const { isAssigned } = living;
  const attributes = object.objectType === 'user' ? filterSource(object.user) : groupAttributes(object.group);
  return { isActive: isEnabled && living.deleted === 'no', isAssigned, attributes, scope: rules.scope };
}

function secretsIn(result: MapResult | undefined): readonly string[] {
  return result?.kind === 'mapped' ? secretsOf(result.mapped) : [];
}

/** Texts that an expression marked by Redact: no log may show them. */
export function secretsOf(mapped: MappedResource | undefined): readonly string[] {
  const values = (mapped?.values ?? []).filter(({ isRedacted }) => isRedacted);
  return values.flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []));
}

function displayNameOf(object: SourceObjectOf): string {
  const { attributes } = object.objectType === 'user' ? object.user : object.group;
  const name = attributes['displayName'] ?? attributes['userPrincipalName'];
  return typeof name === 'string' ? name : idOf(object);
}

/** An account as it is kept in a link: without what only the app knows or what is kept elsewhere. */
export function withoutMeta(account: JsonObject): JsonObject {
  const { meta: _meta, groups: _groups, members: _members, ...kept } = account;
  return kept;
}

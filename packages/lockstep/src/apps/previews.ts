import {
  type CompiledFilter,
  compileFilters,
  directoryOf,
  groupSource,
  groupsNamedBy,
  type JobDefinition,
  judgeGroupScope,
  judgeScope,
  previewRows,
  previewScope,
  type RowPreview,
  type ScopeVerdict,
  type SourceObject,
  userSource,
} from '@lockstep/engine';
import type { Clock, Directory, DirectoryUser, Random } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';

/** What an app's mappings give for one person or group. */
export interface MappingPreview {
  readonly displayName: string;
  readonly scope: ScopeVerdict;
  readonly rows: readonly RowPreview[];
}

/** Somebody in a preview of a scope. */
export interface ScopeSample {
  readonly objectId: string;
  readonly displayName: string;
  readonly inScope: boolean;
  /** Why somebody is outside, one sentence. */
  readonly text?: string;
}

/** Whom a scope lets in. */
export interface ScopeCounts {
  readonly total: number;
  readonly inScope: number;
  /** People who pass the filters, whether or not they are assigned and enabled. */
  readonly passFilters: number;
  /** False when there are more people than were looked at. */
  readonly isWhole: boolean;
  /** First failing clause of each filter, most frequent first. */
  readonly failures: readonly { readonly filter: string; readonly clause: string; readonly count: number }[];
  /** Some people inside, and some outside. */
  readonly samples: readonly ScopeSample[];
}

/** Whom a preview is about. */
export interface PreviewedObject {
  readonly object: 'user' | 'group';
  readonly objectId: string;
}

/** Looks at what a job would do with people, without asking the app. */
export interface Previews {
  /** @throws {LockstepError} `notFound` */
  mappings(definition: JobDefinition, whom: PreviewedObject): Promise<MappingPreview>;
  /** @throws {ConfigurationError} `invalidFilter` */
  scope(definition: JobDefinition): Promise<ScopeCounts>;
}

export interface PreviewOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly defaultDomain?: string | undefined;
}

const PAGE = 500;
/** Most people one preview looks at. */
const PEOPLE_MAX = 100_000;
/** Most people shown of each kind. */
const SAMPLES = 5;

export function createPreviews(options: PreviewOptions): Previews {
  return {
    mappings: (definition, whom) => previewMappings(definition, whom, options),
    scope: (definition) => countScope(definition, options.directory),
  };
}

async function previewMappings(
  definition: JobDefinition,
  { object, objectId }: PreviewedObject,
  { directory, clock, random, defaultDomain }: PreviewOptions,
): Promise<MappingPreview> {
  const mapping = object === 'user' ? definition.users : definition.groups;
  const seen = await (object === 'user' ? seePerson : seeGroup)(definition, objectId, directory);
  const rows = previewRows(mapping, seen.source, {
    nowMs: clock.nowMs(),
    random: random.fraction,
    randomGuid: random.guid,
    ...(definition.expressionMode === undefined ? {} : { mode: definition.expressionMode }),
    ...(defaultDomain === undefined ? {} : { defaultDomain }),
  });
  return { displayName: seen.displayName, scope: seen.scope, rows };
}

interface Seen {
  readonly displayName: string;
  readonly scope: ScopeVerdict;
  readonly source: SourceObject;
}

async function seePerson(definition: JobDefinition, objectId: string, whole: Directory): Promise<Seen> {
  const { id, users, scope } = definition;
  const filters = compileFilters(users.filters, 'user');
  const [user] = await directoryOf(definition, whole).users(id, [objectId], groupsNamedBy(users.filters));
  if (user === undefined) throw new LockstepError('notFound', `there is no person ${objectId} in the directory`);
  const verdict = judgeScope(user, { scope, filters });
  return { displayName: nameOf(user), scope: verdict, source: userSource(user, !verdict.inScope) };
}

/** Members are not among the attributes: a cycle reads them page by page. */
async function seeGroup(definition: JobDefinition, objectId: string, whole: Directory): Promise<Seen> {
  const { id, groups, scope } = definition;
  const filters = compileFilters(groups.filters, 'group');
  const [group] = await directoryOf(definition, whole).groups(id, [objectId]);
  if (group === undefined) throw new LockstepError('notFound', `there is no group ${objectId} in the directory`);
  const verdict = judgeGroupScope(group, { scope, filters });
  return { displayName: nameOf(group), scope: verdict, source: groupSource(group, !verdict.inScope) };
}

function nameOf({ id, attributes }: Pick<DirectoryUser, 'id' | 'attributes'>): string {
  const name = attributes['displayName'] ?? attributes['userPrincipalName'];
  return typeof name === 'string' ? name : id;
}

interface Tally {
  total: number;
  inScope: number;
  passFilters: number;
  readonly failures: Map<string, { filter: string; clause: string; count: number }>;
  readonly samples: ScopeSample[];
}

async function countScope(definition: JobDefinition, whole: Directory): Promise<ScopeCounts> {
  const directory = directoryOf(definition, whole);
  const { id, users, scope } = definition;
  const filters = compileFilters(users.filters, 'user');
  const groupIds = groupsNamedBy(users.filters);
  const tally: Tally = { total: 0, inScope: 0, passFilters: 0, failures: new Map(), samples: [] };
  let after: string | undefined;
  for (;;) {
    const page = { limit: PAGE, scope: 'all', groupIds, ...(after === undefined ? {} : { after }) } as const;
    const people = await directory.userPage(id, page);
    addPage(tally, people, { scope, filters });
    after = people.at(-1)?.id;
    const isLast = people.length < PAGE;
    if (isLast || tally.total >= PEOPLE_MAX) return toCounts(tally, isLast);
  }
}

function addPage(
  tally: Tally,
  people: readonly DirectoryUser[],
  job: { readonly scope: JobDefinition['scope']; readonly filters: readonly CompiledFilter[] },
): void {
  const { total, inScope, passFilters, failures } = previewScope(people, job);
  tally.total += total;
  tally.inScope += inScope;
  tally.passFilters += passFilters;
  for (const { filter, clause, count } of failures) {
    const text = [clause.attribute, clause.operator, clause.value ?? ''].join(' ').trim();
    const key = JSON.stringify([filter.title, text]);
    const known = tally.failures.get(key);
    if (known === undefined) tally.failures.set(key, { filter: filter.title, clause: text, count });
    else known.count += count;
  }
  for (const user of people) addSample(tally, user, judgeScope(user, job));
}

function addSample({ samples }: Tally, user: DirectoryUser, verdict: ScopeVerdict): void {
  if (samples.length >= 2 * SAMPLES) return;
  if (samples.filter(({ inScope }) => inScope === verdict.inScope).length >= SAMPLES) return;
  const shared = { objectId: user.id, displayName: nameOf(user) };
  samples.push(verdict.inScope ? { ...shared, inScope: true } : { ...shared, inScope: false, text: verdict.text });
}

function toCounts({ total, inScope, passFilters, failures, samples }: Tally, isWhole: boolean): ScopeCounts {
  const sorted = [...failures.values()].toSorted((one, other) => other.count - one.count);
  return { total, inScope, passFilters, isWhole, failures: sorted, samples };
}

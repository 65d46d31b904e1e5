import {
  compileFilters,
  directoryOf,
  groupSource,
  groupsNamedBy,
  type JobDefinition,
  judgeGroupScope,
  judgeScope,
  previewRows,
  type RowPreview,
  type ScopeVerdict,
  type SourceObject,
  userSource,
} from '@lockstep/engine';
import type { Clock, Directory, Random } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import { countScope, type ScopeCounts } from './count-scope.ts';
import { nameOf } from './name-of.ts';

/** What an app's mappings give for one person or group. */
export interface MappingPreview {
  readonly displayName: string;
  readonly scope: ScopeVerdict;
  readonly rows: readonly RowPreview[];
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
  /** @throws as `countScope` */
  scope(definition: JobDefinition, object: 'user' | 'group'): Promise<ScopeCounts>;
}

export interface PreviewOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly defaultDomain?: string | undefined;
}

export function createPreviews(options: PreviewOptions): Previews {
  return {
    mappings: (definition, whom) => previewMappings(definition, whom, options),
    scope: (definition, object) => countScope(definition, options.directory, object),
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

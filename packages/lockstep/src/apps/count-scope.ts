import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CompiledFilter,
  compileFilters,
  directoryOf,
  groupsNamedBy,
  type JobDefinition,
  previewGroupScope,
  previewScope,
  type ScopePreview,
  type ScopeVerdict,
} from '@lockstep/engine';
import type { Directory, DirectoryGroup, DirectoryUser } from '@lockstep/engine/ports';
import { nameOf } from './name-of.ts';

/** Somebody, or a group, as a preview of a scope shows them. */
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
  /** People, or groups, that pass the filters, whether or not they are assigned and enabled. */
  readonly passFilters: number;
  /** False when there are more than were looked at. */
  readonly isWhole: boolean;
  /** First failing clause of each filter, most frequent first. */
  readonly failures: readonly { readonly filter: string; readonly clause: string; readonly count: number }[];
  /** Some inside, and some outside. */
  readonly samples: readonly ScopeSample[];
}

const PAGE = 500;
/** Most objects one preview looks at. */
const OBJECTS_MAX = 100_000;
/** Most shown of each kind. */
const SAMPLES = 5;

interface Tally {
  total: number;
  inScope: number;
  passFilters: number;
  readonly failures: Map<string, { filter: string; clause: string; count: number }>;
  readonly samples: ScopeSample[];
}

/**
 * Counts whom a job's scope lets in, page by page.
 *
 * @throws {ConfigurationError} `invalidFilter`
 */
export async function countScope(
  definition: JobDefinition,
  whole: Directory,
  object: 'user' | 'group',
): Promise<ScopeCounts> {
  const pages = (object === 'user' ? peoplePages : groupPages)(definition, directoryOf(definition, whole));
  const tally: Tally = { total: 0, inScope: 0, passFilters: 0, failures: new Map(), samples: [] };
  let after: string | undefined;
  for (;;) {
    const page = await pages(after, (one, verdict) => addSample(tally.samples, one, verdict));
    addPage(tally, page.preview);
    after = page.last;
    const isLast = page.preview.total < PAGE;
    if (isLast || tally.total >= OBJECTS_MAX) return toCounts(tally, isLast);
    // SQLite answers within the call: everybody else would wait until the last page.
    await nextTurn();
  }
}

type Sampled = Pick<DirectoryUser, 'id' | 'attributes'>;

/** Judges the objects behind one; `last` is the last one's id. */
type Pages = (
  after: string | undefined,
  onVerdict: (object: Sampled, verdict: ScopeVerdict) => void,
) => Promise<{ readonly preview: ScopePreview; readonly last: string | undefined }>;

function peoplePages({ id, users, scope }: JobDefinition, directory: Directory): Pages {
  const filters: readonly CompiledFilter[] = compileFilters(users.filters, 'user');
  const groupIds = groupsNamedBy(users.filters);
  return async (after, onVerdict) => {
    const people: readonly DirectoryUser[] = await directory.userPage(id, { ...pageBehind(after), groupIds });
    return { preview: previewScope(people, { scope, filters }, onVerdict), last: people.at(-1)?.id };
  };
}

function groupPages({ id, groups, scope }: JobDefinition, directory: Directory): Pages {
  const filters: readonly CompiledFilter[] = compileFilters(groups.filters, 'group');
  return async (after, onVerdict) => {
    const found: readonly DirectoryGroup[] = await directory.groupPage(id, pageBehind(after));
    return { preview: previewGroupScope(found, { scope, filters }, onVerdict), last: found.at(-1)?.id };
  };
}

function pageBehind(after: string | undefined) {
  return { limit: PAGE, scope: 'all', ...(after === undefined ? {} : { after }) } as const;
}

function addPage(tally: Tally, { total, inScope, passFilters, failures }: ScopePreview): void {
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
}

function addSample(samples: ScopeSample[], object: Sampled, verdict: ScopeVerdict): void {
  if (samples.length >= 2 * SAMPLES) return;
  if (samples.filter(({ inScope }) => inScope === verdict.inScope).length >= SAMPLES) return;
  const shared = { objectId: object.id, displayName: nameOf(object) };
  samples.push(verdict.inScope ? { ...shared, inScope: true } : { ...shared, inScope: false, text: verdict.text });
}

function toCounts({ total, inScope, passFilters, failures, samples }: Tally, isWhole: boolean): ScopeCounts {
  const sorted = [...failures.values()].toSorted((one, other) => other.count - one.count);
  return { total, inScope, passFilters, isWhole, failures: sorted, samples };
}

import { bulkIdsIn, referredBulkId } from './bulk-references.ts';
import type { BulkEntry, BulkOperation } from './read-bulk.ts';

/** One thing to do, by the index of its entry. */
export type BulkStep =
  /** Carry out the entry. What refers to the bulkIds of `late` has to be left out for now. */
  | { readonly do: 'run'; readonly index: number; readonly late: ReadonlySet<string> }
  /** Add what was left out of an entry that has run. */
  | { readonly do: 'complete'; readonly index: number };

/**
 * Puts the operations of a bulk request in an order in which each runs behind those it refers to (RFC 7644 §3.7.1 and
 * §3.7.2), and otherwise in the order of the request. Where operations refer to each other in a circle, the reference
 * that closes the circle is late: it is added as soon as the whole circle has run.
 */
export function orderBulk(entries: readonly BulkEntry[]): readonly BulkStep[] {
  const walk: Walk = {
    entries,
    creators: creatorsOf(entries),
    begun: new Set(),
    running: new Set(),
    steps: [],
    open: [],
  };
  for (const index of entries.keys()) {
    visit(index, walk);
    walk.steps.push(...walk.open.splice(0).map((late): BulkStep => ({ do: 'complete', index: late })));
  }
  return walk.steps;
}

/** The path segments of an operation behind the first `?`, decoded nowhere: references hold no escapes. */
export function bulkIdInPath(path: string): string | undefined {
  const [plain = ''] = path.split('?');
  return plain
    .split('/')
    .map((segment) => referredBulkId(segment))
    .find((bulkId) => bulkId !== undefined);
}

interface Walk {
  readonly entries: readonly BulkEntry[];
  readonly creators: ReadonlyMap<string, number>;
  readonly begun: Set<number>;
  /** Entries that wait for those they refer to. */
  readonly running: Set<number>;
  readonly steps: BulkStep[];
  /** Entries that have run without a part. */
  readonly open: number[];
}

function visit(index: number, walk: Walk): void {
  if (walk.begun.has(index)) return;
  walk.begun.add(index);
  walk.running.add(index);
  const late = new Set<string>();
  for (const bulkId of referencesOf(walk.entries[index])) {
    const creator = walk.creators.get(bulkId);
    if (creator === undefined) continue;
    if (walk.running.has(creator)) late.add(bulkId);
    else visit(creator, walk);
  }
  walk.running.delete(index);
  walk.steps.push({ do: 'run', index, late });
  if (late.size > 0) walk.open.push(index);
}

function creatorsOf(entries: readonly BulkEntry[]): ReadonlyMap<string, number> {
  const creators = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const operation = operationOf(entry);
    if (operation?.method === 'POST' && operation.bulkId !== undefined) creators.set(operation.bulkId, index);
  }
  return creators;
}

function referencesOf(entry: BulkEntry | undefined): readonly string[] {
  const operation = operationOf(entry);
  if (operation === undefined) return [];
  const inPath = bulkIdInPath(operation.path);
  const inData = operation.data === undefined ? [] : bulkIdsIn(operation.data);
  return inPath === undefined ? inData : [inPath, ...inData];
}

function operationOf(entry: BulkEntry | undefined): BulkOperation | undefined {
  return entry?.kind === 'operation' ? entry.operation : undefined;
}

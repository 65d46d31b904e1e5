import {
  BULK_RESPONSE_SCHEMA,
  type BulkEntry,
  type BulkOperation,
  bulkIdsIn,
  isJsonObject,
  type JsonObject,
  orderBulk,
  PATCH_SCHEMA,
  readBulkRequest,
  resolveBulkIds,
  ScimError,
  splitLateReferences,
} from '@lockstep/scim';
import { errorAnswer, textAnswer } from '../request/answer.ts';
import { type Call, readJson } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import { dispatchResource } from '../resource/dispatch-resource.ts';
import { wholeAnswer } from '../resource/streamed-answer.ts';
import { type BulkTarget, locateTarget } from './bulk-target.ts';
import { operationCall } from './operation-call.ts';

/** What became of one operation. */
interface BulkResult {
  readonly method: string | undefined;
  readonly bulkId: string | undefined;
  readonly location: string | undefined;
  readonly answer: ScimResponse;
  /** Whether a success shows the resource: its operation asked for attributes. */
  readonly isShown: boolean;
}

/** What waits for the end of a circle: a part of a resource that exists already. */
interface Waiting {
  readonly target: BulkTarget;
  readonly later: JsonObject;
}

interface Progress {
  readonly results: Map<number, BulkResult>;
  /** Ids of what operations made, by bulkId. */
  readonly ids: Map<string, string>;
  readonly waiting: Map<number, Waiting>;
}

/**
 * `POST /Bulk` (RFC 7644 §3.7): each operation runs as the single request would, with the same rights, rules and
 * refusals, behind those it refers to. Operations that close a circle of references are completed when the circle
 * exists. The answers stand in the order of the request; operations that `failOnErrors` kept from running are left out.
 *
 * @throws {ScimError} `payloadTooLarge` for more operations or bytes than advertised; `invalidSyntax`, `invalidValue`
 */
export async function runBulk(call: Call): Promise<ScimResponse> {
  const { entries, failOnErrors = Number.POSITIVE_INFINITY } = readBulkRequest(await readJson(call), {
    accepts: call.accepts,
    note: call.note,
    operationsMax: call.limits.bulkOperationsMax,
  });
  const progress: Progress = { results: new Map(), ids: new Map(), waiting: new Map() };
  const together: Turn[] = [];
  const runTogether = async (): Promise<void> => {
    const turns = together.splice(0);
    const results = await Promise.all(turns.map((turn) => run(call, turn, progress)));
    for (const [at, result] of results.entries()) progress.results.set(turns[at]?.index ?? 0, result);
  };
  for (const step of orderBulk(entries)) {
    const entry = entries[step.index];
    if (entry === undefined) continue;
    const turn = step.do === 'complete' ? undefined : { entry, index: step.index, late: step.late };
    if (turn !== undefined && failOnErrors === Number.POSITIVE_INFINITY && isPlainCreate(entry)) {
      if (together.push(turn) === TOGETHER_MAX) await runTogether();
      continue;
    }
    await runTogether();
    if (turn === undefined) await complete(call, step.index, progress);
    else if (failures(progress) < failOnErrors) progress.results.set(turn.index, await run(call, turn, progress));
  }
  await runTogether();
  noteFailures(call, progress);
  return textAnswer(200, responseText(progress));
}

/** The answer to the whole is a success, whatever became of its parts. */
function noteFailures(call: Call, progress: Progress): void {
  const failed = failures(progress);
  if (failed === 0) return;
  const [first] = inOrder(progress).filter(({ answer }) => answer.status >= 300);
  const body: unknown = JSON.parse(first?.answer.body ?? 'null');
  const why = isJsonObject(body) ? String(body['detail']) : `answered ${first?.answer.status}`;
  call.sighting.failures = `${failed} of ${progress.results.size} operations failed, the first: ${why}`;
}

/** Creates that are carried out at the same time: the store writes them to disk together. */
const TOGETHER_MAX = 50;

/**
 * Whether an operation creates something without a word of the others. Creates in a row need not wait for each other;
 * everything else may depend on what went before, beyond what its bulkIds say.
 */
function isPlainCreate(entry: BulkEntry): boolean {
  return (
    entry.kind === 'operation' &&
    entry.operation.method === 'POST' &&
    bulkIdsIn(entry.operation.data ?? null).length === 0
  );
}

function failures({ results }: Progress): number {
  return [...results.values()].filter((result) => result.answer.status >= 300).length;
}

interface Turn {
  readonly entry: BulkEntry;
  readonly index: number;
  readonly late: ReadonlySet<string>;
}

async function run(call: Call, turn: Turn, progress: Progress): Promise<BulkResult> {
  const { entry } = turn;
  if (entry.kind === 'broken') {
    const { method, bulkId, error } = entry.broken;
    return { method, bulkId, location: undefined, answer: errorAnswer(error), isShown: true };
  }
  const { operation } = entry;
  const { method, bulkId } = operation;
  let location: string | undefined;
  try {
    const target = locateTarget(call, operation, idOf(progress));
    location = target.location;
    const { now, later } = partsOf(operation, turn.late);
    const data = now === undefined ? undefined : resolveBulkIds(now, idOf(progress));
    const sub = operationCall(call, { method, target, data, version: operation.version });
    const answer = await wholeAnswer(await dispatchResource(sub, target.shape, target.id));
    location = answer.headers['location'] ?? location;
    if (method === 'POST') remember(operation, { answer, later, target, index: turn.index }, progress);
    return { method, bulkId, location, answer, isShown: target.query.size > 0 };
  } catch (error) {
    return { method, bulkId, location, answer: errorAnswer(call.asRefusal(error)), isShown: true };
  }
}

function partsOf(
  { data }: BulkOperation,
  late: ReadonlySet<string>,
): { readonly now?: BulkOperation['data']; readonly later?: JsonObject } {
  if (data === undefined) return {};
  if (late.size === 0 || !isJsonObject(data)) return { now: data };
  return splitLateReferences(data, (bulkId) => late.has(bulkId));
}

/** Keeps the id of what was made, and what has to be added to it. */
function remember(
  { bulkId }: BulkOperation,
  made: {
    readonly answer: ScimResponse;
    readonly later: JsonObject | undefined;
    readonly target: BulkTarget;
    readonly index: number;
  },
  progress: Progress,
): void {
  const segment = made.answer.headers['location']?.split('/').at(-1);
  if (bulkId === undefined || segment === undefined) return;
  const id = decodeURIComponent(segment);
  progress.ids.set(bulkId, id);
  if (made.later !== undefined) {
    progress.waiting.set(made.index, { target: { ...made.target, id }, later: made.later });
  }
}

function idOf({ ids }: Progress): (bulkId: string) => string {
  return (bulkId) => {
    const id = ids.get(bulkId);
    if (id !== undefined) return id;
    const name = JSON.stringify(bulkId.slice(0, 100));
    throw new ScimError('invalidValue', `nothing was created under the bulkId ${name} that the operation refers to`);
  };
}

/**
 * Adds to a new resource what had to wait. Whoever may create it may give it this part too. A refusal becomes the
 * answer of the operation, beside the location of what exists all the same.
 */
async function complete(call: Call, index: number, progress: Progress): Promise<void> {
  const waiting = progress.waiting.get(index);
  const result = progress.results.get(index);
  if (waiting === undefined || result === undefined) return;
  const { target, later } = waiting;
  const token = { ...call.token, scopes: [...call.token.scopes, 'update' as const] };
  try {
    const value = resolveBulkIds(later, idOf(progress));
    const data = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', value }] };
    const sub = operationCall({ ...call, token }, { method: 'PATCH', target, data, version: undefined });
    const patched = await wholeAnswer(await dispatchResource(sub, target.shape, target.id));
    const headers = { ...result.answer.headers, etag: patched.headers['etag'] ?? '' };
    const body = patched.body ?? result.answer.body;
    progress.results.set(index, {
      ...result,
      answer: { ...result.answer, headers, ...(body === undefined ? {} : { body }) },
    });
  } catch (error) {
    progress.results.set(index, { ...result, answer: errorAnswer(call.asRefusal(error)), isShown: true });
  }
}

function inOrder({ results }: Progress): readonly BulkResult[] {
  return [...results].toSorted(([left], [right]) => left - right).map(([, result]) => result);
}

function responseText(progress: Progress): string {
  const operations = inOrder(progress).map(resultText).join(',');
  return `{"schemas":["${BULK_RESPONSE_SCHEMA}"],"Operations":[${operations}]}`;
}

function resultText({ method, bulkId, location, answer, isShown }: BulkResult): string {
  const head = JSON.stringify({
    location,
    method,
    bulkId,
    version: answer.headers['etag'],
    status: String(answer.status),
  });
  return isShown && answer.body !== undefined ? `${head.slice(0, -1)},"response":${answer.body}}` : head;
}

import { ERROR_SCHEMA } from '../error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { FetchAnswer } from './fetch.ts';
import { categoryOfStatus, TargetError } from './target-error.ts';

const DETAIL_LENGTH_MAX = 2_000;

/** A resource of a target; `id` is text even where the target sends a number. */
export interface TargetResource extends JsonObject {
  readonly id: string;
}

/** One page of a list. */
export interface ListPage {
  /** Hits in all, over all pages. */
  readonly totalResults: number;
  /** Position of the first resource of this page, from 1. */
  readonly startIndex: number;
  readonly resources: readonly TargetResource[];
}

/** What the body of an answer is, whatever its media type claims. */
export type AnswerBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'object'; readonly value: JsonObject }
  | { readonly kind: 'array'; readonly value: readonly Json[] }
  /** `isCut`: it begins as JSON and does not end as such. */
  | { readonly kind: 'other'; readonly isHtml: boolean; readonly isCut?: boolean };

/** Reads a body by its content: many servers send SCIM as `application/json`, or with a byte order mark. */
export function readBody(text: string): AnswerBody {
  const content = (text.startsWith('\uFEFF') ? text.slice(1) : text).trim();
  if (content === '') return { kind: 'empty' };
  const first = content[0];
  if (first !== '{' && first !== '[') return { kind: 'other', isHtml: first === '<' };
  try {
    const value: unknown = JSON.parse(content);
    if (isJsonObject(value)) return { kind: 'object', value };
    return isJsonArray(value) ? { kind: 'array', value } : { kind: 'other', isHtml: false };
  } catch {
    return { kind: 'other', isHtml: false, isCut: true };
  }
}

/** Whether a body is an error in SCIM's words: RFC 7644 §3.12, its members alone, or the `Errors` list of SCIM 1.1. */
export function isScimError(body: AnswerBody): boolean {
  if (body.kind !== 'object') return false;
  if (hasSchema(body.value, ERROR_SCHEMA) || isJsonArray(body.value['Errors'])) return true;
  return body.value['detail'] !== undefined && body.value['status'] !== undefined;
}

/** Whether a 404 speaks of one resource and not of the whole address: a SCIM error or no body, never a web page. */
export function isAbsent(answer: FetchAnswer): boolean {
  if (answer.status !== 404 && answer.status !== 410) return false;
  const body = readBody(answer.text);
  return body.kind === 'empty' || isScimError(body);
}

/** Reads a list answer, tolerating what imperfect servers send instead of a ListResponse (RFC 7644 §3.4.2). */
export function readList(answer: FetchAnswer, startIndex: number): ListPage {
  const body = readBody(answer.text);
  if (body.kind === 'array') return pageOf(answer, body.value, { startIndex });
  if (body.kind !== 'object') throw notScim(answer, body);
  if (isScimError(body)) throw readRefusal(answer);
  const total = readNumber(member(body.value, 'totalResults'));
  const resources = member(body.value, 'resources');
  const facts = { startIndex: readNumber(member(body.value, 'startIndex')) ?? startIndex, total };
  if (isJsonArray(resources)) return pageOf(answer, resources, facts);
  if (isJsonObject(resources)) return pageOf(answer, [resources], facts);
  if (total !== undefined) return pageOf(answer, [], facts);
  if (body.value['id'] !== undefined) return pageOf(answer, [body.value], { startIndex: 1 });
  throw notScim(answer, body);
}

/**
 * Reads a single resource.
 *
 * @returns `undefined` for an empty body
 * @throws {TargetError} `notScim` when the body is something else; the category of the error when it is an error
 */
export function readResourceAnswer(answer: FetchAnswer, context: RefusalContext = {}): JsonObject | undefined {
  const body = readBody(answer.text);
  if (body.kind === 'empty') return undefined;
  if (body.kind === 'object' && !isScimError(body)) return body.value;
  throw body.kind === 'object' ? readRefusal(answer) : notScim(answer, body, context);
}

/** A resource with its id as text, or `undefined` where it has none. */
export function withTextId(resource: JsonObject): TargetResource | undefined {
  const id = resource['id'];
  if (typeof id === 'number') return { ...resource, id: String(id) };
  return typeof id === 'string' && id !== '' ? { ...resource, id } : undefined;
}

/** What `readRefusal` cannot see in the answer itself. */
export interface RefusalContext {
  readonly ambiguous?: boolean;
  readonly retryAfterMs?: number;
}

/** Turns an answer that is no success, or a SCIM error under a success status, into the error to throw. */
export function readRefusal(answer: FetchAnswer, context: RefusalContext = {}): TargetError {
  const body = readBody(answer.text);
  const error = body.kind === 'object' ? body.value : {};
  const isSuccess = answer.status >= 200 && answer.status < 300;
  const status = isSuccess ? (readNumber(member(error, 'status')) ?? answer.status) : answer.status;
  const scimType = member(error, 'scimType');
  return new TargetError({
    category: refusalCategory(status, body),
    status,
    ...(typeof scimType === 'string' && scimType !== '' ? { scimType } : {}),
    detail: readDetail(body),
    ...context,
  });
}

/** A 404 page or a redirect shows that nothing at this address speaks SCIM. */
function refusalCategory(status: number, body: AnswerBody): TargetError['category'] {
  const category = categoryOfStatus(status);
  const isForeign = body.kind !== 'empty' && !isScimError(body);
  return category === 'notFound' && isForeign ? 'notScim' : category;
}

function readDetail(body: AnswerBody): string {
  if (body.kind === 'empty') return 'the answer has no body';
  if (body.kind === 'other' && body.isCut === true) return 'the answer is cut off';
  if (body.kind === 'other') return body.isHtml ? 'the answer is a web page' : 'the answer is not JSON';
  if (body.kind === 'array') return 'the answer is a list';
  const errors = body.value['Errors'];
  const first = isJsonArray(errors) ? errors[0] : undefined;
  const texts = [member(body.value, 'detail'), isJsonObject(first) ? first['description'] : undefined];
  texts.push(member(body.value, 'message'), member(body.value, 'error_description'), member(body.value, 'error'));
  const found = texts.find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof found === 'string' ? found.slice(0, DETAIL_LENGTH_MAX) : 'the answer gives no detail';
}

function notScim(answer: FetchAnswer, body: AnswerBody, context: RefusalContext = {}): TargetError {
  const detail = body.kind === 'object' ? 'the answer is JSON but neither a list nor a resource' : readDetail(body);
  // What breaks off says nothing about whether SCIM is spoken here; the next answer may be whole.
  const category = body.kind === 'other' && body.isCut === true ? 'server' : 'notScim';
  return new TargetError({ category, status: answer.status, detail, ...context });
}

interface PageFacts {
  readonly startIndex: number;
  readonly total?: number | undefined;
}

/** A hit that cannot be named would read as no hit at all, and the next step after no hit is to create: so it throws. */
function pageOf(answer: FetchAnswer, values: readonly Json[], facts: PageFacts): ListPage {
  const resources = values.flatMap((value) => (isJsonObject(value) ? (withTextId(value) ?? []) : []));
  if (resources.length < values.length) {
    throw new TargetError({
      category: 'notScim',
      status: answer.status,
      detail: 'the list holds a resource without id',
    });
  }
  const startIndex = Math.max(1, facts.startIndex);
  return { totalResults: facts.total ?? startIndex - 1 + values.length, startIndex, resources };
}

/** A member by its name in any case: RFC 7643 §2.1 makes names case-insensitive. */
function member(object: JsonObject, name: string): Json | undefined {
  const exact = Object.hasOwn(object, name) ? object[name] : undefined;
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function hasSchema(object: JsonObject, urn: string): boolean {
  const schemas = object['schemas'];
  const wanted = urn.toLowerCase();
  return (
    isJsonArray(schemas) && schemas.some((schema) => typeof schema === 'string' && schema.toLowerCase() === wanted)
  );
}

/** A whole number given as a number or, as some servers do, as text. */
function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined;
  return typeof value === 'string' && /^\d{1,12}$/.test(value.trim()) ? Number(value) : undefined;
}

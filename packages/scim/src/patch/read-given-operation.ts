import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ReadOptions } from '../resource/read-simple-value.ts';
import type { PatchVerb } from './patch-operation.ts';

/** One operation as the client gave it, with its verb understood. */
export interface GivenOperation {
  readonly op: PatchVerb;
  /**
   * Whether the verb was written `Add`, `Replace` or `Remove`. That is the mark of Entra's older job flavour, whose
   * removals carry the values to remove (Entra docs, "SCIM 2.0 protocol compliance").
   */
  readonly isCapitalised: boolean;
  readonly path?: string;
  /** Absent when there was no such member; null is a value. */
  readonly value?: Json;
}

const verbs: ReadonlyMap<string, PatchVerb> = new Map([
  ['add', 'add'],
  ['replace', 'replace'],
  ['remove', 'remove'],
]);

/**
 * Reads one element of `Operations`. Member names match in any case (RFC 7643 §2.1), unknown ones are ignored.
 *
 * @throws {ScimError} `invalidSyntax` for something else than an object or an unknown verb; `invalidPath` for a path
 *   that is no text
 */
export function readGivenOperation(given: unknown, options: ReadOptions): GivenOperation {
  if (!isJsonObject(given)) throw new ScimError('invalidSyntax', 'each operation has to be an object');
  const text = memberOf(given, 'op');
  const op = typeof text === 'string' ? (verbs.get(text) ?? verbs.get(text.toLowerCase())) : undefined;
  if (op === undefined || typeof text !== 'string') {
    throw new ScimError('invalidSyntax', 'op has to be add, replace or remove');
  }
  const isCapitalised = text !== op && text === `${op.charAt(0).toUpperCase()}${op.slice(1)}`;
  checkSpelling(text, { op, isCapitalised }, options);
  const path = memberOf(given, 'path');
  const value = memberOf(given, 'value');
  if (isUnset(path)) return value === undefined ? { op, isCapitalised } : { op, isCapitalised, value };
  const named = { op, isCapitalised, path: expectText(path) };
  return value === undefined ? named : { ...named, value };
}

/** A member by its name in any case; the exact spelling wins. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function isUnset(path: Json | undefined): boolean {
  return path === undefined || path === null || path === '';
}

function expectText(path: Json | undefined): string {
  if (typeof path === 'string') return path;
  throw new ScimError('invalidPath', 'path has to be text');
}

/** Every dialect takes the capitalised verbs: the standing traffic of a directory must not depend on a switch. */
function checkSpelling(
  text: string,
  verb: { readonly op: PatchVerb; readonly isCapitalised: boolean },
  options: ReadOptions,
): void {
  if (text === verb.op) return;
  if (verb.isCapitalised) options.note?.('operationInAnyCase');
  else if (!acceptDeviation(options, 'operationInAnyCase')) {
    throw new ScimError('invalidSyntax', `op has to be written ${verb.op}`);
  }
}

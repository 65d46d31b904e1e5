import {
  equalsFolded,
  foldText,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type PatchOperation,
  type PatchPath,
} from '@lockstep/scim';
import { REDACTED } from '../expression/evaluate.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import { jsonText, type MappedValue, shownValue } from '../mapping/map-object.ts';
import { readTarget, targetElement } from '../mapping/read-target.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import type { Change } from './plan.ts';

/** Operations that make an account equal to what is wanted, and the same as old and new values. */
export interface Difference {
  readonly operations: readonly PatchOperation[];
  readonly changes: readonly Change[];
}

/**
 * Compares wanted values with the last known state of the account. Only what differs is written; single values by `replace`,
 * which RFC 7644 §3.5.2.3 makes an `add` where there is none; an element that does not exist yet is added whole.
 */
export function diffValues(wanted: readonly MappedValue[], view: JsonObject): Difference {
  const operations: PatchOperation[] = [];
  const changes: Change[] = [];
  const added = new Map<string, AddedElement>();
  for (const mapped of wanted) {
    const { path, merge } = mapped.row;
    const current = readTarget(view, path);
    const missing = missingValue(mapped, current) ?? (mapped.row.isAlwaysSent ? mapped.value : undefined);
    if (missing === undefined) continue;
    changes.push(changeOf(mapped, current));
    if (path.element !== undefined && targetElement(view, path) === undefined) {
      addToElement(added, operations, path, missing);
    } else operations.push(operationFor(path, missing, merge));
  }
  return { operations: operations.map((operation) => withElement(operation, added)), changes };
}

/** Takes values out of an account that the source no longer has (`clearWhenNull`). What is not there needs no request. */
export function clearValues(rows: readonly CompiledMapping[], view: JsonObject): Difference {
  const operations: PatchOperation[] = [];
  const changes: Change[] = [];
  for (const { path, expression } of rows) {
    const current = readTarget(view, path);
    if (isNothing(current)) continue;
    operations.push({ op: 'remove', path: isAllThereIs(path, view) ? elementPath(path) : path.patch });
    const oldValue = expression?.functions.includes('Redact') ? REDACTED : jsonText(current);
    changes.push({ attribute: path.text, oldValue, newValue: null });
  }
  return { operations, changes };
}

/** An element that held this one value goes as a whole: a type without a value tells nobody anything. */
function isAllThereIs(path: TargetPath, view: JsonObject): boolean {
  const element = targetElement(view, path);
  if (element === undefined) return false;
  const part = path.sub ?? 'value';
  return Object.keys(element).every((name) => name === part || name in (path.element ?? {}) || name === 'primary');
}

function elementPath({ patch }: TargetPath): PatchPath {
  return patch.filter === undefined ? patch : { attribute: patch.attribute, filter: patch.filter };
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isJsonArray(value) && value.length === 0);
}

/** What has to be written, or undefined when the account has it already. */
function missingValue({ row, value }: MappedValue, current: Json | undefined): Json | undefined {
  if (!row.isComparable) return undefined;
  if (row.apply === 'attribute-add-only' && !isNothing(current)) return undefined;
  if (row.path.shape !== 'list') return isEqualValue(row.path, value, current) ? undefined : value;
  const wanted = isJsonArray(value) ? value : [value];
  const present = isJsonArray(current) ? current : [];
  const presentKeys = new Set(present.flatMap((item) => keysOf(row.path, item)));
  if (row.merge === 'add') {
    const absent = wanted.filter((item) => keysOf(row.path, item).some((key) => !presentKeys.has(key)));
    return absent.length === 0 ? undefined : absent;
  }
  const wantedKeys = new Set(wanted.flatMap((item) => keysOf(row.path, item)));
  return presentKeys.size === wantedKeys.size && wantedKeys.isSubsetOf(presentKeys) ? undefined : wanted;
}

function isEqualValue(path: TargetPath, wanted: Json, current: Json | undefined): boolean {
  if (current === wanted) return true;
  if (typeof wanted === 'boolean' && typeof current === 'string') return current.toLowerCase() === String(wanted);
  if (typeof wanted === 'number' && typeof current === 'string') return current === String(wanted);
  if (typeof wanted !== 'string' || typeof current !== 'string' || path.isCaseExact) return false;
  return equalsFolded(current, foldText(wanted));
}

/**
 * What makes list elements the same: their value. A role value may name several roles with commas, which an app may keep as
 * one role each.
 */
function keysOf(path: TargetPath, item: Json): readonly string[] {
  const value = isJsonObject(item) ? (item['value'] ?? item) : item;
  if (path.name === 'roles' && typeof value === 'string')
    return unpackedRole(value)
      .split(',')
      .map((name) => name.trim());
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  return [path.isCaseExact ? key : foldText(key)];
}

/** An app may keep the role as the JSON text that Entra's older shape sends. */
function unpackedRole(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const packed: unknown = JSON.parse(text);
    const value = isJsonObject(packed) ? packed['value'] : undefined;
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

function operationFor(path: TargetPath, value: Json, merge: 'replace' | 'add'): PatchOperation {
  if (isJsonArray(value) && value.length === 0) return { op: 'remove', path: path.patch };
  return { op: path.shape === 'list' ? merge : 'replace', path: path.patch, value };
}

function changeOf(mapped: MappedValue, current: Json | undefined): Change {
  const { expression } = mapped.row;
  // Another branch of the expression may have hidden the value that is there now.
  const isHidden = mapped.isRedacted || expression?.functions.includes('Redact') === true;
  const oldValue = isHidden && current !== undefined ? REDACTED : jsonText(current);
  return { attribute: mapped.row.path.text, oldValue, newValue: shownValue(mapped) };
}

interface AddedElement {
  readonly operation: PatchOperation;
  readonly element: { [name: string]: Json };
}

/** Parts of one new element are gathered in one operation, at the place of the first. */
function addToElement(
  added: Map<string, AddedElement>,
  operations: PatchOperation[],
  path: TargetPath,
  value: Json,
): void {
  const key = JSON.stringify([path.container, path.name, path.element]);
  let known = added.get(key);
  if (known === undefined) {
    const operation: PatchOperation = { op: 'add', path: { attribute: path.patch.attribute } };
    known = { operation, element: { ...path.element, ...path.elementExtra } };
    added.set(key, known);
    operations.push(operation);
  }
  known.element[path.sub ?? 'value'] = value;
}

function withElement(operation: PatchOperation, added: ReadonlyMap<string, AddedElement>): PatchOperation {
  for (const one of added.values()) if (one.operation === operation) return { ...operation, value: [one.element] };
  return operation;
}

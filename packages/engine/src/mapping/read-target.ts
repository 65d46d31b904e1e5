import { equalsFolded, foldText, isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import type { TargetPath } from './target-path.ts';

/** What a resource holds at a target path; undefined when there is nothing. Names are compared as the schema spells them. */
export function readTarget(resource: JsonObject, path: TargetPath): Json | undefined {
  const holder = path.container === undefined ? resource : memberNamed(resource, path.container);
  if (!isJsonObject(holder)) return undefined;
  const member = memberNamed(holder, path.name);
  if (path.element !== undefined) return readPart(findElement(member, path.element), path.sub ?? 'value');
  return path.sub === undefined ? member : readPart(member, path.sub);
}

/** The element a target path means, or undefined when the resource has none. */
export function targetElement(resource: JsonObject, path: TargetPath): JsonObject | undefined {
  const holder = path.container === undefined ? resource : memberNamed(resource, path.container);
  if (!isJsonObject(holder) || path.element === undefined) return undefined;
  return findElement(memberNamed(holder, path.name), path.element);
}

function readPart(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? memberNamed(value, name) : undefined;
}

/** Apps may spell names in another case (RFC 7643 §2.1). */
function memberNamed(holder: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(holder, name)) return holder[name];
  const folded = foldText(name);
  const key = Object.keys(holder).find((one) => equalsFolded(one, folded));
  return key === undefined ? undefined : holder[key];
}

function findElement(list: Json | undefined, element: JsonObject): JsonObject | undefined {
  if (!isJsonArray(list)) return undefined;
  return list.find((item): item is JsonObject => isJsonObject(item) && matchesElement(item, element));
}

/** Whether an element holds everything the brackets of a path ask for; text compares without regard to case. */
export function matchesElement(item: JsonObject, element: JsonObject): boolean {
  for (const name of Object.keys(element)) if (!isSame(item[name], element[name])) return false;
  return true;
}

function isSame(actual: Json | undefined, wanted: Json | undefined): boolean {
  if (actual === wanted) return true;
  if (typeof actual !== 'string') return false;
  if (typeof wanted === 'boolean') return actual.toLowerCase() === String(wanted);
  return typeof wanted === 'string' && equalsFolded(actual, foldText(wanted));
}

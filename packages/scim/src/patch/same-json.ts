import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** Whether two JSON values are equal; the order of members does not count, the order of elements does. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (isJsonArray(left)) return isJsonArray(right) && sameElements(left, right);
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]));
}

function sameElements(left: readonly Json[], right: readonly Json[]): boolean {
  return left.length === right.length && left.every((element, index) => sameJson(element, right[index]));
}

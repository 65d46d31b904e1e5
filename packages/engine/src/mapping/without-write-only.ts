import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { CompiledObjectMapping } from './compile-mapping.ts';

/** An account without what the app never answers, such as a password: it is sent, and not kept. */
export function withoutWriteOnly(mapping: CompiledObjectMapping, account: JsonObject): JsonObject {
  let kept = account;
  for (const { isComparable, path } of mapping.mappings) {
    if (!isComparable)
      kept = without(kept, [path.container, path.name, path.element === undefined ? path.sub : undefined]);
  }
  return kept;
}

function without(holder: JsonObject, names: readonly (string | undefined)[]): JsonObject {
  const [name, ...deeper] = names.filter((one) => one !== undefined);
  if (name === undefined || !Object.hasOwn(holder, name)) return holder;
  const { [name]: member, ...rest } = holder;
  if (deeper.length === 0) return rest;
  return isJsonObject(member) ? { ...rest, [name]: without(member, deeper) } : rest;
}

import {
  compileElementMatcher,
  findAttribute,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type PatchPath,
  type ResourceType,
  resolveElementFilter,
} from '@lockstep/scim';

/** The texts a path leads to in a resource in canonical form: `emails[type eq "work"].value`, `userName`. */
export function valuesAt(resource: JsonObject, path: PatchPath, type: ResourceType): readonly string[] {
  const found = findAttribute(type, path.attribute);
  if (found === undefined) return [];
  const holder = found.isExtension ? resource[found.schemaId] : resource;
  const value = isJsonObject(holder) ? holder[found.attribute.name] : undefined;
  if (value === undefined) return [];
  const elements: readonly Json[] = isJsonArray(value) ? value : [value];
  const matches =
    path.filter === undefined ? () => true : compileElementMatcher(resolveElementFilter(path.filter, found));
  const sub = path.sub ?? found.sub?.name ?? (found.attribute.type === 'complex' ? 'value' : undefined);
  return elements
    .filter(matches)
    .map((element) => (sub !== undefined && isJsonObject(element) ? element[sub] : element))
    .filter((part) => typeof part === 'string');
}

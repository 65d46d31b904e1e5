import { type Attribute, defineAttribute, findAttribute, type ResourceType } from '@lockstep/scim';
import type { TargetPath } from './target-path.ts';

/**
 * A resource type with the attributes that mappings write and no schema here knows: those of custom and older extensions. The
 * state of an account after a PATCH is worked out with it.
 */
export function withCustomAttributes(type: ResourceType, paths: readonly TargetPath[]): ResourceType {
  const unknown = paths.filter(({ container, name }) => {
    return findAttribute(type, container === undefined ? { name } : { urn: container, name }) === undefined;
  });
  if (unknown.length === 0) return type;
  const byContainer = Map.groupBy(unknown, ({ container }) => container?.toLowerCase());
  const extensions = type.extensions.map((extension) => {
    const custom = byContainer.get(extension.schema.id.toLowerCase());
    byContainer.delete(extension.schema.id.toLowerCase());
    return custom === undefined ? extension : { ...extension, schema: withAttributes(extension.schema, custom) };
  });
  const core = byContainer.get(undefined) ?? [];
  byContainer.delete(undefined);
  const added = [...byContainer.values()].map((custom) => {
    const id = custom[0]?.container ?? '';
    return { required: false, schema: withAttributes({ id, name: id, description: '', attributes: [] }, custom) };
  });
  return { ...type, schema: withAttributes(type.schema, core), extensions: [...extensions, ...added] };
}

function withAttributes(schema: ResourceType['schema'], paths: readonly TargetPath[]): ResourceType['schema'] {
  const byName = Map.groupBy(paths, ({ name }) => name.toLowerCase());
  return { ...schema, attributes: [...schema.attributes, ...[...byName.values()].map(customAttribute)] };
}

function customAttribute(paths: readonly TargetPath[]): Attribute {
  const parts = new Map<string, Attribute>();
  const addPart = (name: string, type: Attribute['type'] = 'string'): void => {
    if (!parts.has(name)) parts.set(name, defineAttribute({ name, type }));
  };
  for (const { sub, element, shape, type } of paths) {
    if (element !== undefined) for (const name of Object.keys(element)) addPart(name);
    if (sub !== undefined) addPart(sub, type);
    else if (element !== undefined || shape === 'reference') addPart('value');
  }
  const [first] = paths;
  const shared = { name: first?.name ?? '', multiValued: paths.some(({ isMultiValued }) => isMultiValued) };
  if (parts.size === 0) return defineAttribute({ ...shared, type: first?.type ?? 'string' });
  return defineAttribute({ ...shared, type: 'complex', subAttributes: [...parts.values()] });
}

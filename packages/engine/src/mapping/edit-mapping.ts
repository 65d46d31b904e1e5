import type { AttributeMapping, ObjectMapping } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';

/**
 * Puts a row in the place of the row with its target, or behind the others.
 * @throws {ConfigurationError} `invalidMapping` when `isNew` and the target has a row already
 */
export function setMappingRow(
  mapping: ObjectMapping,
  row: AttributeMapping,
  options: { readonly isNew?: boolean } = {},
): ObjectMapping {
  const at = mapping.mappings.findIndex(({ target }) => isSame(target, row.target));
  if (at < 0) return { ...mapping, mappings: [...mapping.mappings, row] };
  if (options.isNew === true) throw problem(row.target, 'there is a mapping with this target already');
  return { ...mapping, mappings: mapping.mappings.map((one, index) => (index === at ? row : one)) };
}

/**
 * Takes a row away. The app must not require its target, whether or not it has a default (rule MAP-3, Entra docs "Customize
 * application attributes").
 *
 * @throws {ConfigurationError} `invalidMapping` when there is no such row, or the target is required
 */
export function deleteMappingRow(mapping: ObjectMapping, target: string): ObjectMapping {
  const row = mapping.mappings.find((one) => isSame(one.target, target));
  if (row === undefined) throw problem(target, 'there is no mapping with this target');
  const described = mapping.targetAttributes.find(({ name }) => isSame(name, target));
  if (described?.required === true) {
    throw problem(target, 'the app requires this attribute, so its mapping cannot be deleted; change it instead');
  }
  return { ...mapping, mappings: mapping.mappings.filter((one) => one !== row) };
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function problem(target: string, message: string): ConfigurationError {
  return new ConfigurationError('invalidMapping', target, message);
}

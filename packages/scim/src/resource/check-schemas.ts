import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonArray } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { ReadOptions } from './read-simple-value.ts';

/**
 * Checks the `schemas` member of a resource against its type and the extensions that are sent (RFC 7643 §3).
 *
 * @param sent URNs of the extensions the resource holds values of, in their canonical spelling
 * @throws {ScimError} `invalidSyntax` when `schemas` is no list of strings, and for a core schema that is missing, an
 *   unknown URN or an unlisted extension unless the dialect accepts it
 */
export function checkSchemas(
  value: unknown,
  sent: { readonly type: ResourceType; readonly extensions: readonly string[] },
  options: ReadOptions,
): void {
  const listed = new Set<string>();
  for (const urn of readUrns(value, options)) listed.add(urn.toLowerCase());
  const { core, known } = urnsOf(sent.type);
  if (!listed.has(core) && !acceptDeviation(options, 'missingSchemas')) {
    throw new ScimError('invalidSyntax', `schemas has to list ${sent.type.schema.id}`);
  }
  const hasUnknown = !listed.isSubsetOf(known);
  const unlisted = sent.extensions.find((urn) => !listed.has(urn.toLowerCase()));
  if (!hasUnknown && unlisted === undefined) return;
  if (acceptDeviation(options, 'unknownSchemas')) return;
  const problem = hasUnknown ? 'schemas lists a schema that is not known here' : `schemas has to list ${unlisted}`;
  throw new ScimError('invalidSyntax', problem);
}

interface TypeUrns {
  readonly core: string;
  readonly known: ReadonlySet<string>;
}

const urnsByType: WeakMap<ResourceType, TypeUrns> = new WeakMap();

/** The URNs of a type in lower case. */
function urnsOf(type: ResourceType): TypeUrns {
  const cached = urnsByType.get(type);
  if (cached !== undefined) return cached;
  const core = type.schema.id.toLowerCase();
  const known = new Set([core, ...type.extensions.map(({ schema }) => schema.id.toLowerCase())]);
  const urns = { core, known };
  urnsByType.set(type, urns);
  return urns;
}

function readUrns(value: unknown, options: ReadOptions): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' && acceptDeviation(options, 'singleForMultiValued')) return [value];
  if (!isJsonArray(value)) throw new ScimError('invalidSyntax', 'schemas has to be a list of URNs');
  return value.map((urn) => {
    if (typeof urn !== 'string') throw new ScimError('invalidSyntax', 'schemas has to hold strings only');
    return urn;
  });
}

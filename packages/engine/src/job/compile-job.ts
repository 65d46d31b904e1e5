import { ConfigurationError } from '../configuration-error.ts';
import { type CompiledObjectMapping, compileMapping } from '../mapping/compile-mapping.ts';
import type { ObjectType } from '../ports/engine-store.ts';
import type { JobScope } from '../scope/judge-scope.ts';
import { type CompiledFilter, compileFilters, groupsNamedBy } from '../scope/scoping-filter.ts';
import type { JobDefinition } from './job-definition.ts';

/** A job made ready to run: every expression and filter is read once. */
export interface CompiledJob {
  readonly definition: JobDefinition;
  readonly objects: Readonly<Record<ObjectType, CompiledObject>>;
}

/** What a job does with one kind of object. */
export interface CompiledObject {
  readonly mapping: CompiledObjectMapping;
  readonly scope: JobScope;
  /** Where the app keeps such objects: `/Users`. */
  readonly endpoint: string;
  readonly isEnabled: boolean;
  /** Objects that fail these are not seen (rule SCOPE-6). */
  readonly inputFilters: readonly CompiledFilter[];
  /** Groups whose membership some filter asks about. */
  readonly filterGroupIds: readonly string[];
}

/**
 * Reads a job's definition.
 *
 * @throws {ConfigurationError} naming the mapping or filter that cannot be used
 */
export function compileJob(definition: JobDefinition): CompiledJob {
  refuseRolesForAll(definition);
  return {
    definition,
    objects: { user: compileObject(definition, 'user'), group: compileObject(definition, 'group') },
  };
}

function compileObject(definition: JobDefinition, objectType: ObjectType): CompiledObject {
  const object = objectType === 'user' ? definition.users : definition.groups;
  const mapping = compileMapping(object, definition.expressionMode);
  return {
    mapping,
    scope: { scope: definition.scope, filters: compileFilters(object.filters, objectType) },
    endpoint: mapping.type.endpoint,
    isEnabled: object.enabled,
    inputFilters: compileFilters(object.inputFilters ?? [], objectType),
    filterGroupIds: groupsNamedBy([...object.filters, ...(object.inputFilters ?? [])]),
  };
}

const ROLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'SingleAppRoleAssignment',
  'AppRoleAssignments',
  'AppRoleAssignmentsComplex',
  'AssertiveAppRoleAssignmentsComplex',
]);

/** Roles come with assignments, and with the scope "all" nobody needs one (Entra: "Customize application attributes"). */
function refuseRolesForAll(definition: JobDefinition): void {
  if (definition.scope !== 'all') return;
  const row = compileMapping(definition.users).mappings.find(({ expression }) =>
    expression?.functions.some((name) => ROLE_FUNCTIONS.has(name)),
  );
  if (row === undefined) return;
  const text = 'app roles need the scope "assigned": with "all", people have no assignment to take a role from';
  throw new ConfigurationError('invalidMapping', row.mapping.target, text);
}

import { type CompiledObjectMapping, compileMapping } from '../mapping/compile-mapping.ts';
import type { ObjectType } from '../ports/engine-store.ts';
import type { JobScope } from '../scope/judge-scope.ts';
import { compileFilters } from '../scope/scoping-filter.ts';
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
}

/**
 * Reads a job's definition.
 *
 * @throws {ConfigurationError} naming the mapping or filter that cannot be used
 */
export function compileJob(definition: JobDefinition): CompiledJob {
  return {
    definition,
    objects: { user: compileObject(definition, 'user'), group: compileObject(definition, 'group') },
  };
}

function compileObject(definition: JobDefinition, objectType: ObjectType): CompiledObject {
  const object = objectType === 'user' ? definition.users : definition.groups;
  const mapping = compileMapping(object);
  return {
    mapping,
    scope: { scope: definition.scope, filters: compileFilters(object.filters) },
    endpoint: mapping.type.endpoint,
    isEnabled: object.enabled,
  };
}

import {
  applyPatch,
  compileMatcher,
  equalsFolded,
  groupType,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  lenientDialect,
  parseFilter,
  type ResourceType,
  readPatchRequest,
  readResource,
  resolveFilter,
  ScimError,
  userType,
} from '@lockstep/scim';
import type { Quirk } from './fault.ts';

/** The resources of one type, in memory. */
export interface ResourceShelf {
  /** @throws {ScimError} `uniqueness`, and what a body that cannot be read gives */
  create(body: unknown): JsonObject;
  find(id: string): JsonObject | undefined;
  patch(id: string, body: unknown): JsonObject | undefined;
  replace(id: string, body: unknown): JsonObject | undefined;
  remove(id: string): boolean;
  /** Without a filter: all, in the order they were made. @throws {ScimError} `invalidFilter` */
  list(filter: string | undefined): readonly JsonObject[];
}

export function createShelf(endpoint: '/Users' | '/Groups', has: (quirk: Quirk) => boolean): ResourceShelf {
  const type = endpoint === '/Users' ? userType : groupType;
  const name = endpoint === '/Users' ? 'userName' : 'displayName';
  const byId = new Map<string, JsonObject>();
  let made = 0;
  const save = (id: string, resource: JsonObject): JsonObject => {
    const version = `W/"${id}-${made++}"`;
    const saved = { ...resource, id: has('numeric-ids') ? Number(id) : id, meta: { resourceType: type.name, version } };
    byId.set(id, saved);
    return saved;
  };
  return {
    create: (body) => {
      const resource = readResource(body, type, { accepts: lenientDialect, purpose: 'create' });
      if (!has('takes-duplicates')) refuseTaken(byId.values(), name, resource[name]);
      return save(String(1_000 + made), resource);
    },
    find: (id) => byId.get(id),
    patch: (id, body) => {
      const before = byId.get(id);
      if (before === undefined) return undefined;
      const operations = readPatchRequest(body, type, { accepts: lenientDialect });
      return save(id, applyPatch(before, operations, type, { makeMissing: true }).resource);
    },
    replace: (id, body) => {
      if (!byId.has(id)) return undefined;
      return save(id, readResource(body, type, { accepts: lenientDialect, purpose: 'replace' }));
    },
    remove: (id) => byId.delete(id),
    list: (filter) => {
      const all = [...byId.values()];
      if (filter === undefined || has('filter-ignored')) return all;
      return all.filter(matcher(filter, type, has('case-exact-filter')));
    },
  };
}

function refuseTaken(resources: Iterable<JsonObject>, name: string, value: Json | undefined): void {
  for (const one of resources) {
    const taken = one[name];
    if (typeof taken === 'string' && typeof value === 'string' && equalsFolded(taken, value)) {
      throw new ScimError('uniqueness', `${name} is taken`);
    }
  }
}

const COMPARED_TEXT = /"((?:[^"\\]|\\.)*)"/;

function matcher(filter: string, type: ResourceType, isCaseExact: boolean): (resource: JsonObject) => boolean {
  const matches = compileMatcher(resolveFilter(parseFilter(filter), type));
  if (!isCaseExact) return matches;
  const text = COMPARED_TEXT.exec(filter)?.[1];
  return (resource) => matches(resource) && (text === undefined || holdsText(resource, text));
}

function holdsText(value: Json, text: string): boolean {
  if (isJsonArray(value)) return value.some((one) => holdsText(one, text));
  if (isJsonObject(value)) return Object.values(value).some((one) => one !== undefined && holdsText(one, text));
  return value === text;
}

import type { AttributeMapping, ObjectMapping, ScopeCondition, ScopeFilter, ScopeOperator } from '@lockstep/gallery';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { CONDITION_DEPTH_MAX } from '../scope/scoping-filter.ts';
import type { GraphObjectMapping, GraphPair } from './graph-schema.ts';

/** Key of the metadata entry of an object mapping that holds what Graph has no place for. */
export const EXTRAS_KEY = 'Lockstep';

/** What a row says beyond Graph. */
export type RowExtras = Pick<AttributeMapping, 'defaultOn' | 'clearWhenNull' | 'enabled'>;

/** What an object mapping says beyond Graph, kept as JSON in a metadata entry, as Graph itself keeps such things. */
export interface OwnExtras {
  /** By target. */
  readonly rows?: Readonly<Record<string, RowExtras>>;
  /** Names of the attributes the app can be asked for. */
  readonly filterable?: readonly string[];
  /** The filters as they were, when groups of clauses cannot say the same. */
  readonly filters?: readonly ScopeFilter[];
  readonly inputFilters?: readonly ScopeFilter[];
}

/** What of a mapping Graph has no place for. */
export function extrasOf(mapping: ObjectMapping): OwnExtras {
  const rows = Object.fromEntries(
    mapping.mappings.flatMap((row) => {
      const extras = rowExtras(row);
      return Object.keys(extras).length === 0 ? [] : [[row.target, extras] as const];
    }),
  );
  const filterable = mapping.targetAttributes.filter((one) => one.filterable === true).map(({ name }) => name);
  const { filters, inputFilters = [] } = mapping;
  return {
    ...(Object.keys(rows).length === 0 ? {} : { rows }),
    ...(filterable.length === 0 ? {} : { filterable }),
    ...(filters.some(isBeyond) ? { filters } : {}),
    ...(inputFilters.some(isBeyond) ? { inputFilters } : {}),
  };
}

function rowExtras({ defaultOn, clearWhenNull, enabled }: AttributeMapping): RowExtras {
  return {
    ...(defaultOn === 'create-and-update' ? { defaultOn } : {}),
    ...(clearWhenNull === true ? { clearWhenNull } : {}),
    ...(enabled === false ? { enabled } : {}),
  };
}

function isBeyond({ clauses }: ScopeFilter): boolean {
  return clauses.some((one) => 'any' in one || 'all' in one || one.orEmpty === true || one.comparison !== undefined);
}

/** Puts extras into the metadata of an object mapping, or takes them out when there are none. */
export function withExtras(
  metadata: readonly GraphPair[] | null | undefined,
  extras: OwnExtras | undefined,
): readonly GraphPair[] {
  const others = (metadata ?? []).filter(({ key }) => key !== EXTRAS_KEY);
  if (extras === undefined || Object.keys(extras).length === 0) return others;
  return [...others, { key: EXTRAS_KEY, value: JSON.stringify(extras) }];
}

/** Reads the extras of an object mapping. What does not fit is left out. */
export function readExtras({ metadata }: GraphObjectMapping): OwnExtras {
  const text = metadata?.find(({ key }) => key === EXTRAS_KEY)?.value;
  const value = typeof text === 'string' ? parseObject(text) : undefined;
  if (value === undefined) return {};
  const { rows, filterable, filters, inputFilters } = value;
  return {
    ...(isJsonObject(rows) ? { rows: readRows(rows) } : {}),
    ...(isJsonArray(filterable) ? { filterable: filterable.filter((one) => typeof one === 'string') } : {}),
    ...(isJsonArray(filters) ? { filters: filters.flatMap(readFilter) } : {}),
    ...(isJsonArray(inputFilters) ? { inputFilters: inputFilters.flatMap(readFilter) } : {}),
  };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Somebody else's entry of this name: nothing to read.
    return undefined;
  }
}

function readRows(rows: JsonObject): Readonly<Record<string, RowExtras>> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([target, row]) => {
      if (!isJsonObject(row)) return [];
      const extras: RowExtras = {
        ...(row['defaultOn'] === 'create-and-update' ? { defaultOn: 'create-and-update' as const } : {}),
        ...(row['clearWhenNull'] === true ? { clearWhenNull: true } : {}),
        ...(row['enabled'] === false ? { enabled: false } : {}),
      };
      return [[target, extras] as const];
    }),
  );
}

function readFilter(value: Json): readonly ScopeFilter[] {
  if (!isJsonObject(value) || !isJsonArray(value['clauses']) || typeof value['title'] !== 'string') return [];
  const clauses = value['clauses'].flatMap((one) => readCondition(one, CONDITION_DEPTH_MAX));
  return [{ title: value['title'], clauses }];
}

function readCondition(value: Json, depth: number): readonly ScopeCondition[] {
  if (!isJsonObject(value) || depth < 0) return [];
  const inner = (list: readonly Json[]): readonly ScopeCondition[] =>
    list.flatMap((one) => readCondition(one, depth - 1));
  const { any, all, attribute, operator, value: text, comparison, orEmpty } = value;
  if (isJsonArray(any)) return [{ any: inner(any) }];
  if (isJsonArray(all)) return [{ all: inner(all) }];
  if (typeof attribute !== 'string' || typeof operator !== 'string') return [];
  return [
    {
      attribute,
      // A word that is none is refused when the filter is compiled: the groups beside it then disagree, too.
      operator: operator as ScopeOperator,
      ...(typeof text === 'string' ? { value: text } : {}),
      ...(comparison === 'all' || comparison === 'any' ? { comparison } : {}),
      ...(orEmpty === true ? { orEmpty } : {}),
    },
  ];
}

import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** What a target can do (RFC 7643 §5). */
export interface TargetFeatures {
  readonly patch: boolean;
  readonly filter: boolean;
  /** Most resources one answer to a filter holds. Absent = not told. */
  readonly filterMaxResults?: number;
  readonly bulk: boolean;
  readonly bulkMaxOperations?: number;
  readonly bulkMaxPayloadSize?: number;
  readonly sort: boolean;
  readonly etag: boolean;
  readonly changePassword: boolean;
}

/** Features an administrator knows better than the target tells. */
export type FeatureOverrides = Partial<TargetFeatures>;

/**
 * Reads what a target tells of itself. What it leaves out is taken as every SCIM server of the day has it: PATCH and filters,
 * nothing else. Numbers below 1 and members of another type count as left out.
 *
 * @param config the ServiceProviderConfig (RFC 7643 §5); undefined when there is none
 * @param overrides go before everything
 */
export function learnFeatures(config: JsonObject | undefined, overrides: FeatureOverrides = {}): TargetFeatures {
  const part = (name: string): JsonObject => {
    const value = config?.[name];
    return isJsonObject(value) ? value : {};
  };
  const [filter, bulk] = [part('filter'), part('bulk')];
  return {
    patch: flag(part('patch')['supported'], true),
    filter: flag(filter['supported'], true),
    ...count('filterMaxResults', filter['maxResults']),
    bulk: flag(bulk['supported'], false),
    ...count('bulkMaxOperations', bulk['maxOperations']),
    ...count('bulkMaxPayloadSize', bulk['maxPayloadSize']),
    sort: flag(part('sort')['supported'], false),
    etag: flag(part('etag')['supported'], false),
    changePassword: flag(part('changePassword')['supported'], false),
    ...overrides,
  };
}

/** Some servers write booleans as text. */
function flag(value: Json | undefined, otherwise: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return otherwise;
  const text = value.toLowerCase();
  return text === 'true' || (text !== 'false' && otherwise);
}

function count(name: string, value: Json | undefined): JsonObject {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? { [name]: value } : {};
}

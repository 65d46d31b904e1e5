import type { JsonObject } from '@lockstep/scim';
import { foldText, isJsonArray, type Json } from '@lockstep/scim';
import { type ScimClient, TargetError } from '@lockstep/scim/client';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import { readTarget } from '../mapping/read-target.ts';
import type { MatchLookup } from '../match/match-plan.ts';

/** Accounts of an app, read once, so that many unlinked objects need no request each to be matched. */
export interface AccountIndex {
  /** Accounts with the value; `undefined` when the index does not know the attribute. */
  find(lookup: MatchLookup): readonly JsonObject[] | undefined;
}

export interface AccountIndexOptions {
  readonly client: ScimClient;
  readonly endpoint: string;
  /** The matching rows of the mapping. */
  readonly matching: readonly CompiledMapping[];
  /** Apps with more accounts than this are asked one by one. */
  readonly accountsMax: number;
}

/** Apps with more accounts are asked per object; an index of so many stays well below 100 MB. */
export const INDEXED_ACCOUNTS_MAX = 50_000;

const PAGE_SIZE = 500;
const PAGES_MAX = 1_000;

/**
 * Lists the accounts of an app and indexes them by the matching attributes.
 *
 * @returns `undefined` when the app has too many, or its list fails or does not add up: then every object is looked up by filter
 */
export async function buildAccountIndex(options: AccountIndexOptions): Promise<AccountIndex | undefined> {
  try {
    return await listAccounts(options);
  } catch (error) {
    if (error instanceof TargetError && error.status !== 401) return undefined;
    throw error;
  }
}

async function listAccounts(options: AccountIndexOptions): Promise<AccountIndex | undefined> {
  const { client, endpoint, matching } = options;
  const byAttribute = new Map(matching.map((row) => [row.path.text, new Map<string, JsonObject[]>()]));
  const seen = new Set<string>();
  let total = 0;
  const query = { count: PAGE_SIZE, pagesMax: PAGES_MAX, excludedAttributes: ['members', 'groups'] };
  for await (const page of client.eachPage(endpoint, query)) {
    total = page.totalResults;
    if (total > options.accountsMax) return undefined;
    for (const account of page.resources) {
      if (seen.has(account.id)) return undefined;
      seen.add(account.id);
      for (const row of matching) addAccount(byAttribute.get(row.path.text), row, account);
    }
  }
  if (seen.size !== total) return undefined;
  return { find: (lookup) => findIn(byAttribute.get(lookup.attribute), lookup) };
}

function addAccount(index: Map<string, JsonObject[]> | undefined, row: CompiledMapping, account: JsonObject): void {
  const value = readTarget(account, row.path);
  for (const text of textsOf(value)) {
    const key = foldText(text);
    const list = index?.get(key);
    if (list === undefined) index?.set(key, [account]);
    else list.push(account);
  }
}

function textsOf(value: Json | undefined): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(textsOf);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** The index folds case: what an app may take for the same value must not be created a second time. */
function findIn(index: Map<string, JsonObject[]> | undefined, lookup: MatchLookup): readonly JsonObject[] | undefined {
  if (index === undefined) return undefined;
  return index.get(foldText(lookup.value)) ?? [];
}

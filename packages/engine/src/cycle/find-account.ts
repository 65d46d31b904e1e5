import { foldText, isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { filterEq, type ListPage } from '@lockstep/scim/client';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import { readTarget } from '../mapping/read-target.ts';
import { judgeMatch, type Match, type MatchLookup } from '../match/match-plan.ts';
import type { AccountIndex } from './account-index.ts';
import type { CyclePorts } from './cycle-ports.ts';

/** A match with the look-up that decided, for the log. */
export interface FoundAccount {
  readonly match: Match;
  readonly lookup: MatchLookup | undefined;
  /** Every question asked, in order, with how many accounts had the value. */
  readonly asked: Readonly<Record<string, string>>;
}

export interface FindOptions {
  readonly endpoint: string;
  readonly lookups: readonly MatchLookup[];
  /** The matching rows of the mapping, to check what comes back by. */
  readonly matching: readonly CompiledMapping[];
  /** Accounts read before; absent = ask the app. */
  readonly index?: AccountIndex | undefined;
}

/** An app that ignores filters is gone through this far for one look-up. */
const UNFILTERED_PAGES_MAX = 500;

/** Looks for the account of an object by its matching attributes in order, until one has a hit (rule MATCH-1). */
export async function findAccount(ports: Pick<CyclePorts, 'client'>, options: FindOptions): Promise<FoundAccount> {
  const asked: Record<string, string> = {};
  for (const lookup of options.lookups) {
    const hits = options.index?.find(lookup) ?? (await ask(ports, options, lookup));
    const match = judgeMatch(hits, lookup);
    asked[`${lookup.attribute} eq "${lookup.value}"`] = hits.length === 1 ? '1 account' : `${hits.length} accounts`;
    if (match.kind !== 'none') return { match, lookup, asked };
  }
  return { match: { kind: 'none' }, lookup: undefined, asked };
}

/**
 * Asks by filter, and checks the answer: an app that ignores filters would otherwise give somebody else's account. Then all
 * its accounts are gone through.
 */
async function ask(
  ports: Pick<CyclePorts, 'client'>,
  { endpoint, matching }: FindOptions,
  lookup: MatchLookup,
): Promise<readonly JsonObject[]> {
  const row = matching.find(({ path }) => path.text === lookup.attribute);
  const query = {
    filter: filterEq(lookup.attribute, lookup.value),
    ...(endpoint === '/Groups' ? { excludedAttributes: ['members'] } : {}),
  };
  const page = await ports.client.query(endpoint, query);
  if (row === undefined || !hasForeign(page, row, lookup)) return page.resources.filter(isJsonObject);
  const hits: JsonObject[] = [];
  for await (const { resources } of ports.client.eachPage(endpoint, { ...query, pagesMax: UNFILTERED_PAGES_MAX })) {
    hits.push(...resources.filter((account) => compareValue(account, row, lookup) === 'same'));
  }
  return hits;
}

/** Whether the answer holds an account with another value: the app did not filter. */
function hasForeign(page: ListPage, row: CompiledMapping, lookup: MatchLookup): boolean {
  return page.resources.some((account) => compareValue(account, row, lookup) === 'other');
}

/** Texts are compared without regard to case: what the app may take for the same must not be created a second time. */
function compareValue(account: JsonObject, row: CompiledMapping, lookup: MatchLookup): 'same' | 'other' | 'none' {
  const texts = textsOf(readTarget(account, row.path));
  if (texts.length === 0) return 'none';
  const wanted = foldText(lookup.value);
  return texts.some((text) => foldText(text) === wanted) ? 'same' : 'other';
}

function textsOf(value: Json | undefined): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(textsOf);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

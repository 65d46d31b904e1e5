import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { filterEq } from '@lockstep/scim/client';
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
  /** Accounts read before; absent = ask the app. */
  readonly index?: AccountIndex | undefined;
}

/** Looks for the account of an object by its matching attributes in order, until one has a hit (rule MATCH-1). */
export async function findAccount(ports: Pick<CyclePorts, 'client'>, options: FindOptions): Promise<FoundAccount> {
  const asked: Record<string, string> = {};
  for (const lookup of options.lookups) {
    const hits = options.index?.find(lookup) ?? (await ask(ports, options.endpoint, lookup));
    const match = judgeMatch(hits, lookup);
    asked[`${lookup.attribute} eq "${lookup.value}"`] = hits.length === 1 ? '1 account' : `${hits.length} accounts`;
    if (match.kind !== 'none') return { match, lookup, asked };
  }
  return { match: { kind: 'none' }, lookup: undefined, asked };
}

async function ask(
  ports: Pick<CyclePorts, 'client'>,
  endpoint: string,
  lookup: MatchLookup,
): Promise<readonly JsonObject[]> {
  const page = await ports.client.query(endpoint, {
    filter: filterEq(lookup.attribute, lookup.value),
    ...(endpoint === '/Groups' ? { excludedAttributes: ['members'] } : {}),
  });
  return page.resources.filter(isJsonObject);
}

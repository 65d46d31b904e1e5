import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { filterEq } from '@lockstep/scim/client';
import { judgeMatch, type Match, type MatchLookup } from '../match/match-plan.ts';
import type { AccountIndex } from './account-index.ts';
import type { CyclePorts } from './cycle-ports.ts';

/** A match with the look-up that decided, for the log. */
export interface FoundAccount {
  readonly match: Match;
  readonly lookup: MatchLookup | undefined;
}

export interface FindOptions {
  readonly endpoint: string;
  readonly lookups: readonly MatchLookup[];
  /** Accounts read before; absent = ask the app. */
  readonly index?: AccountIndex | undefined;
}

const NONE: FoundAccount = { match: { kind: 'none' }, lookup: undefined };

/** Looks for the account of an object by its matching attributes in order, until one has a hit (rule MATCH-1). */
export async function findAccount(ports: Pick<CyclePorts, 'client'>, options: FindOptions): Promise<FoundAccount> {
  for (const lookup of options.lookups) {
    const hits = options.index?.find(lookup) ?? (await ask(ports, options.endpoint, lookup));
    const match = judgeMatch(hits, lookup);
    if (match.kind !== 'none') return { match, lookup };
  }
  return NONE;
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

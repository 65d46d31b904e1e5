import { foldText, isJsonObject, type JsonObject } from '@lockstep/scim';
import type { CompiledObject } from '../job/compile-job.ts';
import { judgeMatch, type Match, type MatchLookup } from '../match/match-plan.ts';
import { buildAccountIndex, INDEXED_ACCOUNTS_MAX } from './account-index.ts';
import type { CycleRun } from './cycle-run.ts';
import type { Examined } from './examined.ts';
import { findAccount } from './find-account.ts';

/**
 * Looks for the account that an app refused a creation for, although its filter does not find it: apps compare names without
 * regard to case when they judge uniqueness, and some with regard to it when they filter. Only attributes that have no exact
 * case (RFC 7643 section 2.2, `caseExact`) are looked for that way: first as the app may keep them, in lower case, then
 * among all accounts, which are listed once a cycle.
 */
export async function findConflicting(run: CycleRun, item: Examined, rules: CompiledObject): Promise<Match> {
  const { endpoint, mapping } = rules;
  const folding = new Set(mapping.matching.filter(({ path }) => path.foldsCase).map(({ path }) => path.text));
  const lookups = item.lookups.filter((lookup) => folding.has(lookup.attribute));
  if (lookups.length === 0) return { kind: 'none' };
  const folded = lookups.map((lookup): MatchLookup => ({ ...lookup, value: foldText(lookup.value) }));
  const changed = folded.filter((lookup, at) => lookup.value !== lookups[at]?.value);
  const { match } = await findAccount(run.ports, { endpoint, lookups: changed, matching: mapping.matching });
  if (match.kind !== 'none') return match;
  const index = await accountsOnce(run, item, rules);
  for (const lookup of folded) {
    const hits: readonly JsonObject[] = (index?.find(lookup) ?? []).filter(isJsonObject);
    const found = judgeMatch(hits, lookup);
    if (found.kind !== 'none') return found;
  }
  return { kind: 'none' };
}

/** However many conflicts a cycle meets, the app is listed once for them. */
function accountsOnce(run: CycleRun, item: Examined, rules: CompiledObject): ReturnType<typeof buildAccountIndex> {
  const known = run.accountLists.get(item.objectType);
  if (known !== undefined) return known;
  const list = buildAccountIndex({
    client: run.ports.client,
    endpoint: rules.endpoint,
    matching: rules.mapping.matching,
    accountsMax: INDEXED_ACCOUNTS_MAX,
  });
  run.accountLists.set(item.objectType, list);
  return list;
}

import { isJsonObject } from '@lockstep/scim';
import type { FindingShape, ScanShape, SettledShape } from '../admin-api/finding-routes.ts';
import type { AdminClient } from './admin-client.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { plainText } from './print-table.ts';

/** Every finding of an app that is open. */
export async function readFindings(
  client: AdminClient,
  of: { readonly path: readonly string[]; readonly class?: string | undefined },
  keptAnswers: KeptAnswers,
): Promise<readonly FindingShape[]> {
  const all: FindingShape[] = [];
  for (let after: string | undefined; ; ) {
    const query = { state: 'open', class: of.class, after, limit: 1_000 };
    const { items, next } = await client.call({ method: 'GET', path: of.path, query }, keptAnswers.findings);
    all.push(...items);
    if (next === undefined) return all;
    after = next;
  }
}

/** Counts of a look, in a line. */
export function scanText({ detail }: ScanShape): string {
  const counts = isJsonObject(detail['counts']) ? Object.entries(detail['counts']) : [];
  return counts.length === 0
    ? 'nothing was found'
    : counts.map(([name, count]) => `${String(count)} ${name}`).join(', ');
}

/** One finding in a line. */
export function findingText({ class: kind, body, id }: FindingShape): string {
  const account = isJsonObject(body['account']) ? body['account'] : {};
  const name = body['displayName'] ?? account['userName'] ?? account['displayName'] ?? id;
  const changes = Array.isArray(body['changes']) ? body['changes'].filter(isJsonObject) : [];
  const shown = changes.map(
    (one) => `${String(one['attribute'])}: ${String(one['oldValue'])} -> ${String(one['newValue'])}`,
  );
  return plainText(`${kind.padEnd(18)}  ${String(name)}  ${shown.join('; ')}  [${id}]`);
}

/** Results, a line each. */
export function resultsText(results: readonly SettledShape[]): string {
  if (results.length === 0) return 'there was nothing to do';
  return results.map(({ state, text, id }) => plainText(`${state.padEnd(8)}  ${text}  [${id}]`)).join('\n');
}

import type { CycleSummary, LogRecord } from '@lockstep/engine/ports';
import { SAMPLE_PERSON } from '../sample/sample-company.ts';
import { plainText, tableText } from './print-table.ts';

/** What the first cycle of one app came to. */
export interface SummaryRow {
  readonly name: string;
  /** `undefined` = it never came to its end. */
  readonly summary: CycleSummary | undefined;
  /** Log records of those who were skipped. */
  readonly skipped: readonly LogRecord[];
  readonly failed: readonly LogRecord[];
}

/** The table of first cycles, then why somebody was skipped or failed. */
export function summaryText(rows: readonly SummaryRow[]): string {
  const header = ['app', 'created', 'linked', 'updated', 'disabled', 'skipped', 'failed', 'seconds'];
  const reasons = rows.flatMap((row) => [
    ...reasonLines(row.name, 'skipped', row.skipped),
    ...reasonLines(row.name, 'failed', row.failed),
    ...(row.summary?.error === undefined ? [] : [`${row.name}: ${plainText(row.summary.error.message)}`]),
  ]);
  return [tableText(header, rows.map(cells)), ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n');
}

function cells(row: SummaryRow): readonly string[] {
  const { summary } = row;
  if (summary === undefined) return [row.name, ...Array.from({ length: 7 }, () => '')];
  const { created, linked, updated, disabled, skipped, failed } = summary.counts;
  const seconds = ((summary.endedMs - summary.startedMs) / 1_000).toFixed(1);
  return [row.name, ...[created, linked, updated, disabled, skipped, failed].map(String), seconds];
}

/** Reasons by how often they came, the most frequent first. */
function reasonLines(name: string, what: string, records: readonly LogRecord[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { error } of records) {
    const reason = error?.reason ?? 'no reason is known';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1]);
  return ordered.slice(0, REASONS_MAX).map(([reason, count]) => plainText(`${name}: ${count} ${what}: ${reason}`));
}

const REASONS_MAX = 5;

/** What a newcomer may do next, with the sample running. */
export function whatToTry(flags: string): string {
  return [
    'What to try next, in another terminal:',
    `  npx lockstep logs --follow${flags}`,
    `  npx lockstep directory set ${SAMPLE_PERSON} surname=Lind-Berg "displayName=Eva Lind-Berg"${flags}`,
    `  npx lockstep provision Zenvoices ${SAMPLE_PERSON} --dry-run${flags}`,
    `  npx lockstep status${flags}`,
  ].join('\n');
}

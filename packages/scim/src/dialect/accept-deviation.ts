import type { Dialect, DialectRule, NoteDeviation } from './dialect.ts';

/** What every reader of client text is told about deviations. */
export interface Acceptance {
  /** The deviations to accept; none when absent. */
  readonly accepts?: Dialect;
  readonly note?: NoteDeviation;
}

/** Whether a deviation that was met is accepted. If so, it is noted. */
export function acceptDeviation(acceptance: Acceptance, rule: DialectRule): boolean {
  if (acceptance.accepts === undefined || !acceptance.accepts.has(rule)) return false;
  acceptance.note?.(rule);
  return true;
}

/** Notes a member that no schema holds. Null is no value (RFC 7643 §2.5), so it says nothing that would get lost. */
export function noteUnknown(value: unknown, { note }: Acceptance): void {
  if (value !== null) note?.('unknownAttribute');
}

import type { KeptItemShape } from 'lockstep/admin-api/answers';

/** What a plan says of one person or group, for a row of the table. */
export interface PlanRow {
  readonly position: number;
  readonly name: string;
  readonly action: string;
  /** Why, in the engine's words. */
  readonly text: string;
  /** `attribute: old → new`; a value that is not there is a dash. */
  readonly changes: readonly string[];
  readonly state: KeptItemShape['state'];
  /** What became of it, when it was carried out. */
  readonly outcome: string | null;
}

/** Reads an object of a plan; plans of a cycle and of a rollback name some things differently. */
export function readItem({ position, item, state, outcome }: KeptItemShape): PlanRow {
  const source = isRecord(item['source']) ? item['source'] : {};
  return {
    position,
    name: textOf(item['displayName']) ?? textOf(source['displayName']) ?? textOf(item['sourceId']) ?? '',
    action: textOf(item['action']) ?? textOf(item['do']) ?? '',
    text: textOf(item['text']) ?? '',
    changes: Array.isArray(item['changes']) ? item['changes'].filter(isRecord).map(changeText) : [],
    state,
    outcome,
  };
}

/** Counts of a plan by action, as `12 create, 3 update`. */
export function countsText(detail: Readonly<Record<string, unknown>>): string {
  const counts = isRecord(detail['counts']) ? Object.entries(detail['counts']) : [];
  return counts
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${String(count)} ${name}`)
    .join(', ');
}

function changeText(change: Readonly<Record<string, unknown>>): string {
  const name = textOf(change['displayName']) ?? textOf(change['attribute']) ?? '';
  return `${name}: ${textOf(change['oldValue']) ?? '-'} → ${textOf(change['newValue']) ?? '-'}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

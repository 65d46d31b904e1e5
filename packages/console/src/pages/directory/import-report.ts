import type { ImportReportShape } from 'lockstep/admin-api/answers';

/** How many changes the preview lists. */
export const SHOWN_MAX = 100;

/** A text that begins as JSON does is JSON; everything else is CSV. */
export function formatOf(text: string): 'csv' | 'json' {
  return /^\s*[[{]/.test(text) ? 'json' : 'csv';
}

/** Whether an import would write nothing. */
export function changesNothing(report: ImportReportShape): boolean {
  const { created, updated, restored, removed, groupsCreated, membersAdded, membersRemoved } = report;
  return created + updated + restored + removed + groupsCreated + membersAdded + membersRemoved === 0;
}

/** What is written about a person, as `name: value`; a value that goes is a dash. */
export function writtenText(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(
      ([name, value]) => `${name}: ${value === null ? '-' : typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');
}

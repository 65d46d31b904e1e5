import type { ImportAnswer } from './answers.ts';
import { plainText } from './print-table.ts';

const LINES_MAX = 100;

/** One sentence about what an import did, or would do. */
export function importSentence(report: ImportAnswer): string {
  const counts: readonly (readonly [number, string])[] = [
    [report.created, 'created'],
    [report.updated, 'updated'],
    [report.restored, 'restored'],
    [report.removed, 'removed'],
    [report.unchanged, 'unchanged'],
  ];
  const people = counts.filter(([count], at) => count > 0 || at === 0).map(([count, what]) => `${count} ${what}`);
  const memberships = report.groupsCreated + report.membersAdded + report.membersRemoved;
  const groups =
    memberships === 0
      ? ''
      : `; groups: ${report.groupsCreated} made, ${report.membersAdded} members added, ${report.membersRemoved} taken out`;
  const end = report.isDryRun ? ' (dry run: nothing was written)' : '';
  return `people: ${people.join(', ')}${groups}${end}`;
}

/** What an import would do with each person, at most 100 lines. */
export function changeLines(report: ImportAnswer): readonly string[] {
  const lines = report.changes.slice(0, LINES_MAX).map((change) => {
    const values = Object.entries(change.attributes).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const shown = change.do === 'update' || change.do === 'restore' ? ` ${values.join(' ')}` : '';
    return plainText(`${change.do} ${change.userPrincipalName}${shown}`);
  });
  const more = report.changes.length - lines.length;
  return more > 0 ? [...lines, `... and ${more} more`] : lines;
}

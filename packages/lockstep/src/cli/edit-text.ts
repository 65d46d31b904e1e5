import type { EditShape } from '../admin-api/edit-shape.ts';
import { LockstepError } from '../lockstep-error.ts';
import { plainText } from './print-table.ts';

/** What an edit did, line by line. */
export function editText({ app, isDryRun, isChanged, differences, warnings }: EditShape): string {
  const head = isChanged
    ? `${app.name}: ${isDryRun ? 'would be changed' : 'changed; the next cycle looks at everybody'}`
    : `${app.name}: nothing to change`;
  const lines = differences.map(
    ({ what, before, after }) => `  ${what}: ${before ?? '(none)'} -> ${after ?? '(none)'}`,
  );
  const doubts = warnings.map(({ place, message }) => `  warning: ${place}: ${message}`);
  return [head, ...lines, ...doubts].map(plainText).join('\n');
}

/** Reads `true` and `false` behind an option. */
export function readTruth(option: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new LockstepError('wrongUsage', `${option} is true or false`);
}

/** Members that have a value. */
export function given<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Reads whether users or groups are meant. */
export function readObject(text = 'user'): 'user' | 'group' {
  if (text === 'user' || text === 'group') return text;
  throw new LockstepError('wrongUsage', '--object is user or group');
}

/** The option that says whether users or groups are meant. */
export const objectOption: readonly [string, string] = ['--object <kind>', 'Mapping of user (default) or group.'];

/** The option that only tries. */
export const dryRunOption: readonly [string, string] = ['--dry-run', 'Show what would change, and change nothing.'];

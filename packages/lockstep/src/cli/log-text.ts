import type { LogShape } from '../admin-api/log-shape.ts';
import { plainText } from './print-table.ts';

/** A log record on one line: when, which app, what became of whom, and why or what changed. */
export function logLine(record: LogShape): string {
  const action = record.isLinked ? 'link' : record.action;
  const words = [record.at, record.app, record.status, action, record.source.displayName];
  const changes = record.modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue ?? '-'} -> ${newValue ?? '-'}`,
  );
  const isPlain = record.action === 'create' || changes.length === 0;
  const detail = record.error?.reason ?? (isPlain ? '' : changes.join('; '));
  return plainText([...words, detail].join('  ').trimEnd());
}

/** A log record with its steps, for one person at a time. */
export function logText(record: LogShape): string {
  const steps = record.steps.map((step, at) => `  ${at + 1}. ${step.status.padEnd(7)}  ${step.description}`);
  const changes = record.modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `  ${displayName}: ${oldValue ?? '-'} -> ${newValue ?? '-'}`,
  );
  const { error } = record;
  return [
    `${record.source.displayName} in ${record.app}: ${record.isLinked ? 'link' : record.action}, ${record.status}`,
    ...steps,
    ...(changes.length === 0 ? [] : ['changes:', ...changes]),
    ...(error === undefined ? [] : [`reason: ${error.reason}`]),
    ...(error?.recommendedAction === undefined ? [] : [`what to do: ${error.recommendedAction}`]),
  ]
    .map(plainText)
    .join('\n');
}

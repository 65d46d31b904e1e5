import { readFileSync } from 'node:fs';

/** Kernel ticks per second on Linux. */
const TICKS_PER_SECOND = 100;

/** CPU seconds a process has used so far, user and system together (Linux only). */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command name in parentheses may hold blanks; the numbers start behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Largest resident memory of a process so far, in megabytes. */
export function peakMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1_024;
}

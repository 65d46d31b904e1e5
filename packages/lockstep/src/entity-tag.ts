import { createHash } from 'node:crypto';

/** Tells one state of something from another by what it holds, as an entity tag (RFC 9110 §8.8.3). */
export function tagOfText(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-Match` (RFC 9110 §13.1.1) lets a change of what has the tag through; without one, and with `*`, any does. */
export function letsThrough(ifMatch: string | undefined, tag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .includes(tag);
}

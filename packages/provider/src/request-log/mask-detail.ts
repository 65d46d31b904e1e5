import { isGuid, MASK } from './mask.ts';

const LENGTH_MAX = 500;

/** What a client was told, without the ids and addresses it had sent itself: some clients send names of people as ids. */
export function maskDetail(text: string): string {
  const masked = text
    .slice(0, 2 * LENGTH_MAX)
    .replace(/( with id )(.+)$/s, (_all, head: string, ids: string) => head + ids.split(', ').map(maskId).join(', '))
    .replace(/[^\s"',;:]*@[^\s"',;:]*/g, MASK);
  return masked.length <= LENGTH_MAX ? masked : `${masked.slice(0, LENGTH_MAX - 3)}...`;
}

function maskId(text: string): string {
  return isGuid(text) ? text : MASK;
}

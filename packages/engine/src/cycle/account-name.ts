import type { Link } from '../ports/engine-store.ts';

/** What a person calls a linked account: its name, or the id of its source. */
export function nameOfLink(link: Link): string {
  const name = link.view['displayName'] ?? link.view['userName'];
  return typeof name === 'string' ? name : link.sourceId;
}

import type { RealmKey } from '@lockstep/provider/ports';

/** Resources between two remembered places of a list. */
const STRIDE = 512;
/** Places remembered at most, over all lists; the list asked for longest ago goes first. */
const PLACES_MAX = 100_000;

/** Where reading begins: behind a row, leaving out so many. */
export interface ListPlace {
  readonly afterSeq: number;
  readonly skip: number;
}

/**
 * Remembers where pages of unsorted lists began, so that page 9,000 need not walk over all pages before it. New resources
 * come last and leave the places right; whatever else changes a list must forget it. Only for a database with one
 * writer: with several, a row can turn up before one that was there already.
 */
export interface PageAnchors {
  /** The nearest place at or before the given number of resources. */
  nearest(realm: RealmKey, type: string, offset: number): ListPlace;
  /** That many resources of the list come up to and including the row. */
  note(realm: RealmKey, type: string, place: { readonly offset: number; readonly seq: number }): void;
  forget(realm: RealmKey, type: string): void;
}

interface Anchor {
  readonly offset: number;
  readonly seq: number;
}

export function createPageAnchors(): PageAnchors {
  const lists = new Map<string, Map<number, Anchor>>();
  let places = 0;

  const drop = (key: string): void => {
    places -= lists.get(key)?.size ?? 0;
    lists.delete(key);
  };

  const listFor = (key: string): Map<number, Anchor> => {
    const list = lists.get(key) ?? new Map<number, Anchor>();
    // Back to the end: the first is the one asked for longest ago.
    lists.delete(key);
    lists.set(key, list);
    return list;
  };

  return {
    nearest: (realm, type, offset) => {
      const list = lists.get(`${realm} ${type}`);
      if (list === undefined) return { afterSeq: 0, skip: offset };
      for (let slot = Math.floor(offset / STRIDE); slot > 0; slot -= 1) {
        const anchor = list.get(slot);
        if (anchor !== undefined && anchor.offset <= offset) {
          return { afterSeq: anchor.seq, skip: offset - anchor.offset };
        }
      }
      return { afterSeq: 0, skip: offset };
    },
    note: (realm, type, { offset, seq }) => {
      const slot = Math.floor(offset / STRIDE);
      if (slot === 0) return;
      const list = listFor(`${realm} ${type}`);
      const known = list.get(slot);
      if (known !== undefined && known.offset <= offset) return;
      if (known === undefined) places += 1;
      list.set(slot, { offset, seq });
      for (const key of lists.keys()) {
        if (places <= PLACES_MAX || lists.size === 1) break;
        drop(key);
      }
    },
    forget: (realm, type) => drop(`${realm} ${type}`),
  };
}

import { type RefObject, useEffect, useRef } from 'react';

interface ListFocus {
  /** Holds the elements of the list, and nothing else. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** Holds the buttons that add elements. */
  readonly adding: RefObject<HTMLDivElement | null>;
}

/**
 * Keeps the place of whoever works by keyboard in a list that grows and shrinks: what was added gets the focus, and when the
 * button that had it went with its element, the one that adds gets it.
 */
export function useListFocus(length: number): ListFocus {
  const list = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLDivElement>(null);
  const before = useRef(length);
  useEffect(() => {
    const change = length - before.current;
    before.current = length;
    const focused = document.activeElement;
    if (change > 0 && adding.current?.contains(focused) === true) {
      list.current?.lastElementChild?.querySelector<HTMLElement>('input, select')?.focus();
    }
    // A button that is taken off the page leaves the focus with the page itself.
    if (change < 0 && focused === document.body) adding.current?.querySelector('button')?.focus();
  }, [length]);
  return { list, adding };
}

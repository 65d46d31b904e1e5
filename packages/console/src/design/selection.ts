/** Keys of rows that are ticked. */
export type Selection = ReadonlySet<string>;

/** Ticks or unticks one row. */
export function toggleRow(selection: Selection, key: string): Selection {
  const next = new Set(selection);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Ticks every row of a page; when all are ticked already, unticks them. Rows of other pages stay as they are. */
export function togglePage(selection: Selection, keys: readonly string[]): Selection {
  const isWhole = keys.every((key) => selection.has(key));
  const next = new Set(selection);
  for (const key of keys) {
    if (isWhole) next.delete(key);
    else next.add(key);
  }
  return next;
}

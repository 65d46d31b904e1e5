/** What brings people into the directory: a feed that a declaration names, or files that somebody imports. */
export type FeedSource = { readonly kind: 'declared'; readonly name: string } | { readonly kind: 'file' };

const DECLARED = 'declared:';

/** What a feed is called in addresses and in the store. */
export function feedId(source: FeedSource): string {
  return source.kind === 'file' ? 'file' : `${DECLARED}${source.name}`;
}

/** The feed of an id; any that names no declared feed is that of imported files. */
export function feedSource(id: string): FeedSource {
  return id.startsWith(DECLARED) ? { kind: 'declared', name: id.slice(DECLARED.length) } : { kind: 'file' };
}

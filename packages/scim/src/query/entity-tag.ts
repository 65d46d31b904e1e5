/** The tags of an `If-Match` or `If-None-Match` header: `*`, or opaque tags without `W/` and quotes. */
export type EntityTags = '*' | readonly string[];

/** The weak entity tag of a version (RFC 7644 §3.14; RFC 9110 §8.8.3): `W/"3"`. The version holds no quotes. */
export function entityTag(version: number | string): string {
  return `W/"${version}"`;
}

/**
 * Reads the value of `If-Match` or `If-None-Match` (RFC 9110 §13.1.1). Members that are no entity tag match nothing;
 * a tag without quotes, as some clients send it, is taken as it stands.
 */
export function parseEntityTags(header: string): EntityTags {
  const tags: string[] = [];
  let at = 0;
  while (at < header.length) {
    const end = endOfMember(header, at);
    const tag = header.slice(at, end).trim();
    if (tag === '*') return '*';
    if (tag !== '') tags.push(opaqueTag(tag));
    at = end + 1;
  }
  return tags;
}

/**
 * Whether a request with this `If-Match` may go on: there is no header, or it holds `*` or the tag of the current
 * version. Tags are compared weakly, since all tags of SCIM resources are weak.
 */
export function passesIfMatch(header: string | null | undefined, current: string): boolean {
  return header === null || header === undefined || holdsTag(header, current);
}

/** Whether a request with this `If-None-Match` may go on: there is no header, or it does not hold the current tag. */
export function passesIfNoneMatch(header: string | null | undefined, current: string): boolean {
  return header === null || header === undefined || !holdsTag(header, current);
}

function holdsTag(header: string, current: string): boolean {
  const tags = parseEntityTags(header);
  return tags === '*' || tags.includes(opaqueTag(current));
}

/** The index of the comma that ends a member; commas inside quotes do not. */
function endOfMember(header: string, start: number): number {
  let isQuoted = false;
  for (let index = start; index < header.length; index += 1) {
    if (header[index] === '"') isQuoted = !isQuoted;
    if (header[index] === ',' && !isQuoted) return index;
  }
  return header.length;
}

function opaqueTag(tag: string): string {
  const strong = tag.startsWith('W/') ? tag.slice(2) : tag;
  const isQuoted = strong.length > 1 && strong.startsWith('"') && strong.endsWith('"');
  return isQuoted ? strong.slice(1, -1) : strong;
}

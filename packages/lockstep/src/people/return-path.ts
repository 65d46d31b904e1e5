/**
 * Where to go after signing in: a path of this very server, or the fallback. Anything that a browser might read as
 * another host is refused: `//host`, `/\host`, schemes, control characters.
 */
export function returnPath(asked: string | null | undefined, fallback: string): string {
  if (asked === null || asked === undefined || asked.length > 500) return fallback;
  // What is no printable ASCII has to be escaped in an address anyway.
  if (!/^\/(?![/\\])[!-[\]-~]*$/.test(asked)) return fallback;
  const url = URL.parse(asked, 'https://lockstep.invalid');
  return url?.origin === 'https://lockstep.invalid' && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}`
    : fallback;
}

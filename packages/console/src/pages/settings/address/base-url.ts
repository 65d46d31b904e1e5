/** Whether a text may be the base URL: http or https, and nothing behind the path. */
export function isBaseUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || url.protocol === 'http:';
}

/** What speaks against an address that may be: browsers send the cookies of a sign-in over HTTPS alone, except to this machine. */
export function warningOf(text: string, here: string): 'withoutTls' | 'elsewhere' | undefined {
  const url = URL.parse(text.trim());
  if (url === null || !isBaseUrl(text)) return undefined;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !isLoopback) return 'withoutTls';
  return url.origin === here ? undefined : 'elsewhere';
}

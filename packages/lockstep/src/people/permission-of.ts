import type { Permission } from './role.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** First parts of paths that are about who may do what. */
const ABOUT_PEOPLE: ReadonlySet<string> = new Set(['people', 'keys', 'sessions', 'secrets', 'console-sign-in']);

/** What is asked by POST, since a whole table goes with it, and only read. */
const READ_BY_POST: readonly RegExp[] = [/^\/providers\/[^/]+\/roles\/preview$/];

/** Changes that belong to running, not to setting up. Any change that is not listed needs `configure`. */
const OPERATION: readonly RegExp[] = [
  /^\/directory(\/|$)/,
  /^\/expressions(\/|$)/,
  /^\/apps\/[^/]+\/(sync|provision|test|plans|rollbacks|scope-preview|preview|pause|resume|start|stop|restart|staged|approve|reject|import|imports|drift|scan|findings|escrows|quarantine)(\/|$)/,
  /^\/plans(\/|$)/,
  /^\/findings(\/|$)/,
];

/**
 * What a request needs, by its method and the path the router matched (decoded, below `/api/v1`). What is not known needs
 * more, not less.
 */
export function permissionOf(method: string, path: string): Permission {
  const first = path.split('/')[1] ?? '';
  if (ABOUT_PEOPLE.has(first)) return 'people';
  // Where links lead that let people in, and what mails go through, is for owners to say.
  if (first === 'settings' && !READING.has(method)) return 'people';
  // One's own sessions and password.
  if (READING.has(method) || first === 'me') return 'read';
  if (method === 'POST' && READ_BY_POST.some((pattern) => pattern.test(path))) return 'read';
  return OPERATION.some((pattern) => pattern.test(path)) ? 'operate' : 'configure';
}

import type { Problem } from 'lockstep/admin-api/answers';
import { ApiError } from './api-error.ts';

/** One request of the admin API. */
export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parts of the path below `/api/v1`; each is encoded. */
  readonly path: readonly string[];
  /** Parameters that are `undefined` or empty are left out. */
  readonly query?: QueryValues;
  readonly body?: unknown;
  /** The entity tag an edit is based on; the server refuses the edit when somebody else was faster. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Values of a query string. */
export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** An answer with the entity tag it came with. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

/** The address of a call, for links and downloads as well. */
export function apiUrl({ path, query }: Pick<ApiCall, 'path' | 'query'>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/**
 * Sends a request of the admin API with the session's cookie.
 *
 * @throws {ApiError} whatever is no success; after a 401 the browser is on its way to the sign-in page
 */
export async function callApi<T>(call: ApiCall): Promise<T> {
  return (await callTagged<T>(call)).value;
}

/** As `callApi`, with the entity tag. */
export async function callTagged<T>(call: ApiCall): Promise<Tagged<T>> {
  const response = await send(call);
  if (!response.ok) throw await refusalOf(response);
  // The server's shapes are checked against its own schemas; the types come from there.
  const value = response.status === 204 ? undefined : await response.json();
  return { value: value as T, etag: response.headers.get('etag') ?? undefined };
}

async function send(call: ApiCall): Promise<Response> {
  const { method = 'GET', body, ifMatch, signal } = call;
  const headers = new Headers({ accept: 'application/json' });
  // The server asks for this type on every change with a cookie, body or not.
  if (method !== 'GET') headers.set('content-type', 'application/json');
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal !== undefined) init.signal = signal;
  try {
    return await fetch(apiUrl(call), init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const hint = 'Look whether it still runs; the page goes on by itself when it is back.';
    throw new ApiError(0, { code: 'unreachable', message: 'The server cannot be reached.', hint }, error);
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  const problem = readProblem(text);
  if (response.status === 401) goToSignIn();
  return new ApiError(
    response.status,
    problem ?? { code: 'unexpected', message: `The server answered ${response.status} without saying why.` },
  );
}

function readProblem(text: string): Problem['error'] | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
    // Whatever has an error member comes from the API's one writer of problems.
    return (body as Problem).error;
  } catch {
    // No JSON: a proxy in between has answered.
    return undefined;
  }
}

function goToSignIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?returnTo=${encodeURIComponent(pathname + search)}`);
}

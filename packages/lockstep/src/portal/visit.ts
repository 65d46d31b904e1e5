import { isSameOrigin, ownOrigins } from '../people/same-origin.ts';

/** One request of a browser. */
export interface Visit {
  readonly method: string;
  readonly path: string;
  /** With its question mark. */
  readonly search: string;
  readonly query: URLSearchParams;
  /** Where it came from, as the socket or a trusted proxy tells. */
  readonly address: string;
  readonly agent: string;
  readonly cookie: string | null;
  /** Whether a page of this server made it. */
  readonly isOwn: boolean;
  /** Fields of the form that was posted; empty for anything else. */
  form(): Promise<URLSearchParams>;
}

const FORM_BYTES_MAX = 600_000;

/** Reads a request. */
export function readVisit(request: Request, address: string, publicUrl: string): Visit {
  const url = new URL(request.url);
  const header = (name: string): string | undefined => request.headers.get(name) ?? undefined;
  return {
    method: request.method,
    path: url.pathname,
    search: url.search,
    query: url.searchParams,
    address,
    agent: header('user-agent') ?? '',
    cookie: request.headers.get('cookie'),
    isOwn: isSameOrigin({ header, origins: ownOrigins(publicUrl, header('host')) }),
    form: async () => {
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(header('content-type') ?? '');
      const length = Number(header('content-length') ?? Number.NaN);
      return isForm && length <= FORM_BYTES_MAX ? new URLSearchParams(await request.text()) : new URLSearchParams();
    },
  };
}

import type { ScimHandler } from './create-scim-handler.ts';

/** Handlers of a route file of Next's App Router. */
export type NextHandlers = Readonly<
  Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', (request: Request) => Promise<Response>>
>;

export interface NextOptions {
  /** Address of the peer of the connection, where the host tells it; needed for tenants with address rules. */
  addressOf?(request: Request): string | undefined;
}

/**
 * Handlers for `app/scim/v2/[...path]/route.ts`: `export const { GET, POST, PUT, PATCH, DELETE } = nextHandlers(scim)`.
 * The file's place in the tree has to be the handler's `basePath`.
 */
export function nextHandlers(scim: ScimHandler, options: NextOptions = {}): NextHandlers {
  const handle = (request: Request): Promise<Response> => {
    const remoteAddress = options.addressOf?.(request);
    return scim.fetch(request, remoteAddress === undefined ? {} : { remoteAddress });
  };
  return { GET: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle };
}

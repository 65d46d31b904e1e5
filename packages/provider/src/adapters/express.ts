import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from '../provider.ts';
import { type NodeHttpOptions, nodeHttpHandler } from './node-http.ts';

/** What is asked of a request of Express: the one of `node:http`, with the address before mounting cut it. */
export interface ExpressRequest extends IncomingMessage {
  readonly originalUrl: string;
  /** What a body parser in front left. */
  readonly body?: unknown;
}

/** Middleware of Express: `app.use(expressHandler(scim))`. Requests to other addresses go on to the next handler. */
export function expressHandler(
  provider: Provider,
  options: Pick<NodeHttpOptions, 'bodyTimeoutMs'> = {},
): (request: ExpressRequest, response: ServerResponse, next: () => void) => void {
  const handle = nodeHttpHandler(provider, {
    ...options,
    // The handler below is only handed requests of Express.
    targetOf: (message) => (message as ExpressRequest).originalUrl,
    parsedBodyOf: (message) => (message as ExpressRequest).body,
  });
  return (request, response, next) => {
    if (provider.serves(request.originalUrl)) handle(request, response);
    else next();
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ScimHandler } from './create-scim-handler.ts';
import { type NodeHttpOptions, nodeHttpHandler } from './node-http.ts';

/** What is asked of Fastify, so that this package does not depend on it. */
export interface FastifyScope {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: '*',
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
  route(route: {
    readonly method: string[];
    readonly url: string;
    readonly handler: (request: { readonly raw: IncomingMessage }, reply: FastifyAnswer) => void;
  }): unknown;
}

export interface FastifyAnswer {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A plugin of Fastify: `app.register(fastifyPlugin(scim))`. Bodies are read by SCIM's own limits, not by Fastify's parsers. */
export function fastifyPlugin(
  scim: ScimHandler,
  options: Pick<NodeHttpOptions, 'bodyTimeoutMs'> = {},
): (scope: FastifyScope) => Promise<void> {
  const handle = nodeHttpHandler(scim, options);
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method: METHODS,
      url: `${scim.basePath}*`,
      handler: (request, reply) => {
        reply.hijack();
        handle(request.raw, reply.raw);
      },
    });
  };
}

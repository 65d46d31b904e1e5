import { createFetchHandler } from '../scim-handler.ts';
import type { ScimHandler } from './create-scim-handler.ts';

/** Enough for clients that send somewhat too much to hear of it. */
const DRAINS = 4;

/** What is asked of a context of Hono. On `@hono/node-server` `env` holds Node's own request. */
export interface HonoContext {
  readonly req: { readonly raw: Request };
  readonly env?: unknown;
}

/** A handler of Hono: `app.all('/scim/v2/*', honoHandler(scim))`. */
export function honoHandler(scim: ScimHandler): (context: HonoContext) => Promise<Response> {
  const answer = createFetchHandler(scim, { drains: DRAINS });
  return ({ req, env }) => {
    const remoteAddress = peerOf(env);
    return answer(req.raw, remoteAddress === undefined ? {} : { remoteAddress });
  };
}

function peerOf(env: unknown): string | undefined {
  const address = member(member(member(env, 'incoming'), 'socket'), 'remoteAddress');
  return typeof address === 'string' ? address : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

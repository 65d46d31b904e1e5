import { type Fetch, TransportError } from '@lockstep/scim/client';
import type { FaultyServer } from './create-faulty-server.ts';
import type { ServerReply } from './server-reply.ts';

export interface FaultyFetchOptions {
  readonly server: FaultyServer;
  /** Path of the tenant URL, to be taken off; such as `/scim`. */
  readonly basePath: string;
  /** Lets time pass, for answers that come late. */
  readonly wait: (ms: number) => Promise<void>;
  /** Longest answer that is taken. Default 10 MiB. */
  readonly responseBytesMax?: number;
}

/** The port of a SCIM client straight to a server in memory: the same ends a network would give, without one. */
export function faultyFetch(options: FaultyFetchOptions): Fetch {
  const bytesMax = options.responseBytesMax ?? 10 * 1024 * 1024;
  return async (request) => {
    const url = new URL(request.url);
    const path = url.pathname.slice(options.basePath.length) + url.search;
    const { method, headers, body } = request;
    const reply = options.server.handle({ method, path, headers, body });
    if (reply.do === 'delay') {
      if (reply.ms < request.timeoutMs) await options.wait(reply.ms);
      else {
        await options.wait(request.timeoutMs);
        throw new TransportError('timeout', `no whole answer within ${request.timeoutMs} ms`, { sent: 'maybe' });
      }
    }
    return toAnswer(reply, bytesMax);
  };
}

function toAnswer(reply: ServerReply, bytesMax: number): Awaited<ReturnType<Fetch>> {
  switch (reply.do) {
    case 'hang-up':
      throw new TransportError('connection', 'the connection was lost', { sent: 'maybe' });
    case 'flood':
      throw new TransportError('connection', `the answer is larger than ${bytesMax} bytes`, { sent: 'maybe' });
    case 'delay':
      return toAnswer(reply.answer, bytesMax);
    case 'answer': {
      const { status, headers, body } = reply;
      return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: body };
    }
  }
}

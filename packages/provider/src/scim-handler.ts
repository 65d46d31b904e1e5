import { ScimError } from '@lockstep/scim';
import type { Provider } from './provider.ts';
import type { ScimRequest } from './request/exchange.ts';
import { isStreamed } from './resource/streamed-answer.ts';

/** Where a Fetch request came from; a Fetch server knows, the request itself does not tell. */
export interface Connection {
  readonly remoteAddress?: string;
}

export interface FetchHandlerOptions {
  /**
   * How much of a body that is too long is taken in and thrown away, in multiples of what is allowed: a server that cuts
   * the connection of a body nobody reads would cut off the refusal, too. Default 0.
   */
  readonly drains?: number;
}

/** The provider as a Fetch handler, for servers and frameworks that speak `Request` and `Response`. */
export function createFetchHandler(
  provider: Provider,
  options: FetchHandlerOptions = {},
): (request: Request, connection?: Connection) => Promise<Response> {
  return async (request, connection = {}) => {
    const answer = await provider.handle(toScimRequest(request, connection, options.drains ?? 0));
    const body = isStreamed(answer) ? toStream(answer.parts) : (answer.body ?? null);
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}

/** Parts as bytes, made when they are asked for. */
function toStream(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

function toScimRequest(request: Request, connection: Connection, drains: number): ScimRequest {
  const url = new URL(request.url);
  return {
    method: request.method,
    target: `${url.pathname}${url.search}`,
    header: (name) => request.headers.get(name) ?? undefined,
    body: (bytesMax) => readBody(request, bytesMax, drains),
    remoteAddress: connection.remoteAddress ?? '',
    origin: url.origin,
  };
}

async function readBody(request: Request, bytesMax: number, drains: number): Promise<string> {
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > bytesMax * (1 + drains)) break;
    if (length <= bytesMax) text += decoder.decode(chunk, { stream: true });
  }
  if (length > bytesMax) {
    throw new ScimError('payloadTooLarge', `the body is larger than the ${bytesMax} bytes allowed`);
  }
  return text + decoder.decode();
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ScimError } from '@lockstep/scim';
import type { Provider } from '../provider.ts';
import type { ScimRequest } from '../request/exchange.ts';
import { isStreamed, type StreamedAnswer } from '../resource/streamed-answer.ts';

export interface NodeHttpOptions {
  /** How long a body may take to arrive. Default 30,000 ms. */
  readonly bodyTimeoutMs?: number;
  /** Path and query, where a framework has cut them. Default: the message's `url`. */
  targetOf?(message: IncomingMessage): string;
  /** What a body parser in front made of the body; `undefined` = it is still to be read. */
  parsedBodyOf?(message: IncomingMessage): unknown;
}

/** Answers requests of a `node:http` server. No object is made that the answer does not need. */
export function nodeHttpHandler(
  provider: Provider,
  options: NodeHttpOptions = {},
): (message: IncomingMessage, response: ServerResponse) => void {
  return (message, response) => {
    void provider.handle(toScimRequest(message, options)).then((answer) => {
      if (response.destroyed) return;
      if (isStreamed(answer)) {
        void sendParts(response, answer);
        return;
      }
      if (answer.body === undefined) {
        response.writeHead(answer.status, answer.headers);
        response.end();
        return;
      }
      // Text, not bytes: Node then sends head and body in one piece.
      response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
      response.end(answer.body);
    });
  };
}

/** Sends part by part, as fast as the client takes them. */
async function sendParts(response: ServerResponse, answer: StreamedAnswer): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  try {
    for await (const part of answer.parts) {
      if (response.destroyed) return;
      if (!response.write(part)) await drained(response);
    }
    response.end();
  } catch {
    // The failure is reported where it came up; a body that is cut off tells the client that it is not whole.
    response.destroy();
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}

function toScimRequest(message: IncomingMessage, options: NodeHttpOptions): ScimRequest {
  const isEncrypted = 'encrypted' in message.socket;
  return {
    method: message.method ?? 'GET',
    target: options.targetOf?.(message) ?? message.url ?? '/',
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: (bytesMax) => {
      const parsed = message.readableEnded ? options.parsedBodyOf?.(message) : undefined;
      if (parsed !== undefined) return bodyAgain(parsed, bytesMax);
      return readBody(message, { bytesMax, bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000 });
    },
    remoteAddress: message.socket.remoteAddress ?? '',
    origin: `${isEncrypted ? 'https' : 'http'}://${message.headers.host ?? 'localhost'}`,
  };
}

/** The text of a body that a parser has consumed. */
async function bodyAgain(parsed: unknown, bytesMax: number): Promise<string> {
  const text = typeof parsed === 'string' ? parsed : parsed instanceof Buffer ? String(parsed) : JSON.stringify(parsed);
  if (Buffer.byteLength(text) > bytesMax) throw tooLarge(bytesMax);
  return text;
}

function readBody(
  message: IncomingMessage,
  limits: { readonly bytesMax: number; readonly bodyTimeoutMs: number },
): Promise<string> {
  const announced = Number(message.headers['content-length'] ?? 0);
  if (announced > limits.bytesMax) {
    message.resume();
    return Promise.reject(tooLarge(limits.bytesMax));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => {
      reject(new ScimError('requestTimeout', 'the body did not arrive in time', { headers: { connection: 'close' } }));
    }, limits.bodyTimeoutMs);
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limits.bytesMax) {
        chunks.push(chunk);
        return;
      }
      clearTimeout(timer);
      reject(tooLarge(limits.bytesMax));
    });
    message.on('end', () => {
      clearTimeout(timer);
      resolve(withoutMark(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString('utf8')));
    });
    message.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** A byte order mark in front of JSON may be ignored (RFC 8259 §8.1). */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function tooLarge(bytesMax: number): ScimError {
  return new ScimError('payloadTooLarge', `the body is larger than the ${bytesMax} bytes allowed`, {
    headers: { connection: 'close' },
  });
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fetch, TransportError } from '../src/client/fetch.ts';

/** What the target answers to one request; `hang` reads it and never answers, `cut` ends the connection. */
export type ScriptedAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'hang'
  | 'cut';

/** One request as the target saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedTarget extends AsyncDisposable {
  readonly baseUrl: string;
  readonly seen: readonly SeenRequest[];
}

/** A real HTTP server on loopback that gives the scripted answers in order, the last one again and again. */
export async function startScriptedTarget(script: readonly ScriptedAnswer[]): Promise<ScriptedTarget> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    const answer = script[Math.min(seen.length, script.length) - 1] ?? { status: 500 };
    if (answer === 'hang') return;
    if (answer === 'cut') return void request.socket.destroy();
    const { body } = answer;
    response.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers });
    response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  return {
    baseUrl: `http://127.0.0.1:${port}/scim`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A small `Fetch` port over the platform's own fetch. */
export const plainFetch: Fetch = async ({ method, url, headers, body, timeoutMs }) => {
  try {
    const init = { method, headers, redirect: 'manual' as const, signal: AbortSignal.timeout(timeoutMs) };
    const response = await fetch(url, body === undefined ? init : { ...init, body });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
    const reason: unknown = cause instanceof Error ? cause.cause : undefined;
    const isRefused = reason instanceof Error && 'code' in reason && reason.code === 'ECONNREFUSED';
    const kind = isTimeout ? 'timeout' : 'connection';
    throw new TransportError(kind, `no answer: ${kind}`, { sent: isRefused ? 'no' : 'maybe', cause });
  }
};

/** A clock that stands still but for the waits it is asked for, which it records and ends at once. */
export function recordingClock(): { nowMs(): number; wait(ms: number): Promise<void>; readonly waits: number[] } {
  let now = Date.UTC(2026, 0, 15, 12);
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    now += ms;
  };
  return { nowMs: () => now, wait, waits };
}

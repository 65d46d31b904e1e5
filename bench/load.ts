import { connect, type Socket } from 'node:net';

/** One request as bytes on the wire, but for its length headers. */
export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface LoadOptions {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  /** Gives the next request; called once per request. */
  next(number: number): LoadRequest;
  readonly requests: number;
  /** Statuses that are right; anything else fails the run. */
  readonly expect: readonly number[];
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Sends requests over keep-alive connections, one at a time on each, with next to no work of its own: the point is the
 * server. A wrong status ends the run.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const latencies = new Float64Array(options.requests);
  let sent = 0;
  let finished = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, () =>
      drive(
        options,
        () => (sent < options.requests ? sent++ : undefined),
        (ms) => {
          latencies[finished++] = ms;
        },
      ),
    ),
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  latencies.sort();
  return {
    perSecond: options.requests / seconds,
    p50Ms: latencies[Math.floor(options.requests * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(options.requests * 0.99)] ?? 0,
  };
}

function drive(options: LoadOptions, take: () => number | undefined, note: (ms: number) => void): Promise<void> {
  const url = new URL(options.url);
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  const base = url.pathname === '/' ? '' : url.pathname;
  return new Promise((resolve, reject) => {
    let startedMs = 0;
    const sendNext = (): void => {
      const number = take();
      if (number === undefined) {
        socket.end();
        resolve();
        return;
      }
      startedMs = performance.now();
      socket.write(toBytes(options, base, options.next(number)));
    };
    readAnswers(socket, (status, text) => {
      if (!options.expect.includes(status)) {
        socket.destroy();
        reject(new Error(`status ${status}: ${text()}`));
        return;
      }
      note(performance.now() - startedMs);
      sendNext();
    });
    socket.on('error', reject);
    socket.on('connect', sendNext);
  });
}

function toBytes(options: LoadOptions, base: string, request: LoadRequest): string {
  const head = `${request.method} ${base}${request.path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${options.token}\r\n`;
  if (request.body === undefined) return `${head}accept: application/scim+json\r\n\r\n`;
  const length = Buffer.byteLength(request.body);
  return `${head}content-type: application/scim+json\r\ncontent-length: ${length}\r\n\r\n${request.body}`;
}

/** Reads answers with a content length, or with none for 204; servers here send no chunks unless they must. */
function readAnswers(socket: Socket, onAnswer: (status: number, text: () => string) => void): void {
  let buffered: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    const answer = takeAnswer(buffered);
    if (answer === undefined) return;
    buffered = buffered.subarray(answer.end);
    onAnswer(answer.status, answer.text);
  });
}

interface Answer {
  readonly status: number;
  readonly end: number;
  text(): string;
}

function takeAnswer(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const start = headEnd + 4;
  const lengthText = /content-length: (\d+)/i.exec(head)?.[1];
  const isChunked = lengthText === undefined && /transfer-encoding: chunked/i.test(head);
  const end = isChunked ? endOfChunks(bytes, start) : start + Number(lengthText ?? 0);
  if (end === undefined || end > bytes.length) return undefined;
  return { status, end, text: () => bytes.toString('utf8', start, end).slice(0, 500) };
}

function endOfChunks(bytes: Buffer, start: number): number | undefined {
  const last = bytes.indexOf('0\r\n\r\n', start);
  return last < 0 ? undefined : last + 5;
}

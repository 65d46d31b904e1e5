import { type Fetch, type FetchAnswer, type FetchRequest, TransportError } from '@lockstep/scim/client';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { guardedLookup, RefusedAddress, refusalOfAddress } from './guarded-lookup.ts';
import type { OutgoingRule } from './outgoing-rule.ts';

/** The engine's way out, with the connections it keeps open. */
export interface OutgoingFetch {
  readonly fetch: Fetch;
  /** Ends the connections; requests on the way are given up. */
  close(): Promise<void>;
}

export interface OutgoingOptions {
  readonly rule: OutgoingRule;
  /** Longest answer that is read. Default 10 MiB. */
  readonly responseBytesMax?: number;
  /** How long a connection may take to open. Default 10,000 ms. */
  readonly connectTimeoutMs?: number;
  /** Connections kept per app. Default 64. */
  readonly connectionsPerApp?: number;
}

/**
 * Makes the port that does the engine's I/O: keep-alive connections, a deadline for the whole exchange, a limit on the
 * answer, no redirects. The address rule is asked about the very addresses that are connected to, so that a name which
 * resolves differently a moment later gains nothing.
 */
export function createFetch(options: OutgoingOptions): OutgoingFetch {
  const responseBytesMax = options.responseBytesMax ?? 10 * 1024 * 1024;
  const neverConnected = new WeakSet<Error>();
  const agent = new Agent({
    connect: guardedConnector(options, neverConnected),
    connections: options.connectionsPerApp ?? 64,
    pipelining: 1,
  });
  return {
    fetch: async (request) => {
      const deadline = startDeadline(request.timeoutMs);
      try {
        return await exchange(agent, request, { deadline, responseBytesMax });
      } catch (error) {
        throw asTransportError(error, {
          hasTimedOut: deadline.hasPassed(),
          neverConnected,
          timeoutMs: request.timeoutMs,
        });
      } finally {
        deadline.clear();
      }
    },
    close: () => agent.destroy(),
  };
}

function guardedConnector(options: OutgoingOptions, neverConnected: WeakSet<Error>): buildConnector.connector {
  const { rule } = options;
  const connect = buildConnector({ timeout: options.connectTimeoutMs ?? 10_000, lookup: guardedLookup(rule) });
  return (target, callback) => {
    const refusal = refusalOfAddress(rule, target.hostname.replace(/^\[|\]$/g, ''));
    if (refusal !== undefined) {
      callback(refusal, null);
      return;
    }
    connect(target, (...result) => {
      if (result[0] !== null) neverConnected.add(result[0]);
      callback(...result);
    });
  };
}

interface ExchangeLimits {
  readonly deadline: Deadline;
  readonly responseBytesMax: number;
}

/** One request and its answer, without streams in between: the body is gathered as it comes. */
function exchange(agent: Agent, request: FetchRequest, limits: ExchangeLimits): Promise<FetchAnswer> {
  const url = new URL(request.url);
  return new Promise((resolve, reject) => {
    agent.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: { 'user-agent': 'Lockstep', ...request.headers },
        body: request.body ?? null,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
      },
      gatherAnswer(limits, { resolve, reject }),
    );
  });
}

function gatherAnswer(
  { deadline, responseBytesMax }: ExchangeLimits,
  settle: { readonly resolve: (answer: FetchAnswer) => void; readonly reject: (error: Error) => void },
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let length = 0;
  let status = 0;
  let headers: Dispatcher.ResponseData['headers'] = {};
  return {
    onRequestStart: (controller) => deadline.watch(controller),
    onResponseStart: (_controller, statusCode, given) => {
      status = statusCode;
      headers = given;
    },
    onResponseData: (controller, chunk) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= responseBytesMax) return;
      const error = `the answer is larger than ${responseBytesMax} bytes`;
      controller.abort(new TransportError('connection', error, { sent: 'maybe' }));
    },
    onResponseEnd: () => {
      const [only] = chunks;
      const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
      settle.resolve({ status, headers: { get: (name) => headerOf(headers, name) }, text: bytes.toString('utf8') });
    },
    onResponseError: (_controller, error) => settle.reject(error),
  };
}

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | null {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}

/** Ends an exchange that takes too long, wherever it is. */
interface Deadline {
  watch(controller: Dispatcher.DispatchController): void;
  hasPassed(): boolean;
  clear(): void;
}

function startDeadline(timeoutMs: number): Deadline {
  let watched: Dispatcher.DispatchController | undefined;
  let hasPassed = false;
  const end = (): void => watched?.abort(new Error('the deadline has passed'));
  const timer = setTimeout(() => {
    hasPassed = true;
    end();
  }, timeoutMs);
  return {
    watch: (controller) => {
      watched = controller;
      if (hasPassed) end();
    },
    hasPassed: () => hasPassed,
    clear: () => clearTimeout(timer),
  };
}

interface FailureContext {
  readonly hasTimedOut: boolean;
  readonly neverConnected: WeakSet<Error>;
  readonly timeoutMs: number;
}

function asTransportError(error: unknown, context: FailureContext): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof RefusedAddress) {
    return new TransportError('refused-address', error.message, { sent: 'no', cause: error });
  }
  if (!(error instanceof Error))
    return new TransportError('connection', 'the connection failed', { sent: 'maybe', cause: error });
  const sent = context.neverConnected.has(error) ? 'no' : 'maybe';
  if (sent === 'no') return new TransportError('connection', `no connection: ${textOf(error)}`, { sent, cause: error });
  if (context.hasTimedOut || isTimeout(error)) {
    return new TransportError('timeout', `no whole answer within ${context.timeoutMs} ms`, { sent, cause: error });
  }
  return new TransportError('connection', `the connection was lost: ${textOf(error)}`, { sent, cause: error });
}

function isTimeout(error: Error): boolean {
  return 'code' in error && (error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_BODY_TIMEOUT');
}

/** Several addresses that all failed come as one error without a text of its own. */
function textOf(error: Error): string {
  if (error.message !== '') return error.message;
  if (error instanceof AggregateError) {
    return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
  }
  return 'code' in error ? String(error.code) : error.name;
}

import type { JsonObject } from '@lockstep/scim';
import type { Fault, FaultPlan, Quirk } from './fault.ts';
import { createShelf, type ResourceShelf } from './resource-shelf.ts';
import { refusal, serveScim } from './serve-scim.ts';
import { answer, type ServerReply, type ServerRequest } from './server-reply.ts';

export interface FaultyServerOptions {
  readonly nowMs: () => number;
  readonly quirks?: readonly Quirk[];
  /** Which requests meet a fault; absent = none. */
  readonly plan?: FaultPlan;
  /** Told of each request that was carried out, before its answer is lost or spoilt. */
  readonly onCommit?: (request: ServerRequest) => void;
}

/** A SCIM server in memory that behaves as badly as it is told. */
export interface FaultyServer {
  handle(request: ServerRequest): ServerReply;
  /** Changes which requests meet a fault from now on; `undefined` = none. */
  setPlan(plan: FaultPlan | undefined): void;
  /** Requests that came in so far. */
  requests(): number;
  /** What the server really holds. */
  users(): readonly JsonObject[];
  groups(): readonly JsonObject[];
  /** The shelves themselves, for somebody who works in the app beside its client. */
  readonly shelves: ReadonlyMap<string, ResourceShelf>;
}

const HUGE_BYTES = 100 * 1024 * 1024;
const SLOW_MS = 600_000;

/** Makes a server. It takes any credentials, unless a fault says otherwise. */
export function createFaultyServer(options: FaultyServerOptions): FaultyServer {
  const quirks = new Set(options.quirks ?? []);
  const has = (quirk: Quirk): boolean => quirks.has(quirk);
  const users = createShelf('/Users', has);
  const groups = createShelf('/Groups', has);
  const shelves = new Map([
    ['/Users', users],
    ['/Groups', groups],
  ]);
  let { plan } = options;
  let number = 0;
  const serve = (request: ServerRequest): Extract<ServerReply, { do: 'answer' }> => {
    const served = serveScim({ shelves, has }, request);
    if (served.status < 300) options.onCommit?.(request);
    return served;
  };
  return {
    handle: (request) => {
      number += 1;
      const fault = plan?.({ number, method: request.method, path: request.path });
      return fault === undefined ? serve(request) : spoil(fault, () => serve(request), options.nowMs());
    },
    setPlan: (next) => {
      plan = next;
    },
    requests: () => number,
    users: () => users.list(undefined),
    groups: () => groups.list(undefined),
    shelves,
  };
}

type Serve = () => Extract<ServerReply, { do: 'answer' }>;

const RETRY_AFTER: Readonly<Partial<Record<Fault, (nowMs: number) => string>>> = {
  'throttle-seconds': () => '2',
  'throttle-fraction': () => '0.25',
  'throttle-date': (nowMs) => new Date(nowMs + 3_000).toUTCString(),
  'throttle-huge': () => '86400',
};

function spoil(fault: Fault, serve: Serve, nowMs: number): ServerReply {
  const seconds = RETRY_AFTER[fault]?.(nowMs);
  if (seconds !== undefined) return refusal(429, 'slow down', { 'retry-after': seconds });
  switch (fault) {
    case 'throttle-without-time':
      return refusal(429, 'slow down');
    case 'drop-before-commit':
      return { do: 'hang-up' };
    case 'status-500':
      return refusal(500, 'something broke');
    case 'status-502':
      return answer(502, HTML, { 'content-type': 'text/html' });
    case 'status-503':
      return refusal(503, 'not now');
    case 'status-503-retry-after':
      return refusal(503, 'not now', { 'retry-after': '1' });
    case 'html-404':
      return answer(404, HTML, { 'content-type': 'text/html' });
    case 'credentials-rejected':
      return refusal(401, 'who are you');
    default:
      return spoilAnswer(fault, serve());
  }
}

const HTML = '<!doctype html><title>An error occurred</title><p>Try again later.';

/** Faults that come after the request was carried out. */
function spoilAnswer(fault: Fault, served: ReturnType<Serve>): ServerReply {
  switch (fault) {
    case 'slow':
      return { do: 'delay', ms: SLOW_MS, answer: served };
    case 'truncated-json':
      return { ...served, body: served.body.slice(0, Math.floor(served.body.length / 2)) };
    case 'html-page':
      return answer(200, HTML, { 'content-type': 'text/html' });
    case 'huge-answer':
      return { do: 'flood', status: 200, bytes: HUGE_BYTES };
    case 'status-500-after-commit':
      return refusal(500, 'something broke');
    case 'status-504-after-commit':
      return answer(504, HTML, { 'content-type': 'text/html' });
    default:
      return { do: 'hang-up' };
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { nodeHttpHandler } from '@lockstep/provider/adapters/node-http';
import { createAdminApi } from '../admin-api/create-admin-api.ts';
import type { Log } from '../observe/log.ts';
import { requestIdOf } from '../observe/request-id.ts';
import { clientAddress } from '../portal/client-address.ts';
import { createPortal } from '../portal/create-portal.ts';
import { answerMetrics } from './answer-metrics.ts';
import { type ConsoleAnswer, type ConsoleFiles, readConsole } from './console-files.ts';
import { homePage } from './home-page.ts';
import type { Metrics, RequestPart } from './metrics.ts';
import type { Services } from './services.ts';

/** What of the server a request handler asks. */
export interface ServerState {
  /** Whether everything is up and nothing is on its way down. */
  isReady(): boolean;
}

type Listener = (message: IncomingMessage, response: ServerResponse) => void;

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

const PLAIN_HEADERS: Readonly<Record<string, string>> = { ...SECURITY_HEADERS, 'cache-control': 'no-store' };

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const OPTIONS = { overrideGlobalObjects: false } as const;

/** What sees every request. */
export interface Observers {
  readonly metrics: Metrics;
  readonly log: Log | undefined;
  readonly state: ServerState;
  readonly report: Services['report'];
}

/** Sends each request where it belongs. SCIM requests, the hot path, are looked at first and meet no framework. */
export function createListener(services: Services, observers: Observers): Listener {
  const scim = nodeHttpHandler(services.provider);
  const portal = createPortal(services);
  const files = readConsole();
  const { trustedProxies } = services.settings;
  const addressOf = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string => {
    const forwarded = headers['x-forwarded-for'];
    const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return clientAddress(socket.remoteAddress, chain, trustedProxies);
  };
  const listen = (answer: (request: Request, address: string) => Promise<Response>): Listener =>
    getRequestListener((request, { incoming }) => answer(request, addressOf(incoming)), OPTIONS);
  const api = listen(createAdminApi(services));
  const pages = listen(portal.handle);
  return (message, response) => {
    const target = message.url ?? '/';
    if (services.provider.serves(target)) {
      observe(observers, 'scim', message, response);
      scim(message, response);
      return;
    }
    const path = pathOf(target);
    if (path.startsWith('/api/v1')) {
      observe(observers, 'api', message, response);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      void api(message, response);
      return;
    }
    observe(observers, 'other', message, response);
    if (portal.serves(path)) {
      void pages(message, response);
      return;
    }
    message.resume();
    const request = {
      path,
      method: message.method ?? 'GET',
      accept: message.headers.accept ?? '',
      acceptEncoding: message.headers['accept-encoding'],
    };
    if (answerConsole(request, response, files)) return;
    answerOther(request, response, observers);
  };
}

/** Counts the request when it has been answered; with a log that sees requests it also gets an id, which is answered. */
function observe(
  { metrics, log }: Observers,
  part: RequestPart,
  ...[message, response]: readonly [IncomingMessage, ServerResponse]
): void {
  const method = message.method ?? 'GET';
  if (log?.seesRequests !== true && message.headers['x-request-id'] === undefined) {
    response.once('close', () => metrics.countRequest(part, method, response.statusCode));
    return;
  }
  const requestId = requestIdOf(message);
  response.setHeader('x-request-id', requestId);
  const startedMs = performance.now();
  const path = pathOf(message.url ?? '/');
  response.once('close', () => {
    const status = response.statusCode;
    metrics.countRequest(part, method, status);
    log?.request({ requestId, part, method, path, status, durationMs: Math.round(performance.now() - startedMs) });
  });
}

function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}

interface PlainRequest {
  readonly path: string;
  readonly method: string;
  readonly accept: string;
  readonly acceptEncoding: string | string[] | undefined;
}

/** Addresses that are answered here even when a browser asks. */
const OWN_PATHS: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** Answers with a file of the console, or its one page for any address a browser goes to. Says whether it did. */
function answerConsole(request: PlainRequest, response: ServerResponse, files: ConsoleFiles | undefined): boolean {
  const { path, method, accept, acceptEncoding } = request;
  if (files === undefined || (method !== 'GET' && method !== 'HEAD') || OWN_PATHS.has(path)) return false;
  const encodings = Array.isArray(acceptEncoding) ? acceptEncoding.join(',') : acceptEncoding;
  const answer: ConsoleAnswer | undefined =
    files.file(path, encodings) ?? (asksForPage(path, accept) ? files.page() : undefined);
  if (answer === undefined) return false;
  response.writeHead(200, { ...answer.headers, 'content-length': answer.body.length });
  response.end(method === 'HEAD' ? undefined : answer.body);
  return true;
}

/** A browser that goes to an address asks for HTML; a script or a picture that is missing must not get a page. */
function asksForPage(path: string, accept: string): boolean {
  return path === '/' || (accept.includes('text/html') && !path.startsWith('/assets/'));
}

function answerOther(request: PlainRequest, response: ServerResponse, parts: Observers): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'only GET is possible here\n', { allow: 'GET, HEAD' });
    return;
  }
  switch (request.path) {
    case '/':
      response.writeHead(200, PAGE_HEADERS);
      response.end(homePage);
      return;
    case '/health/live':
      answer(response, 200, 'live\n');
      return;
    case '/health/ready': {
      const isReady = parts.state.isReady();
      answer(response, isReady ? 200 : 503, isReady ? 'ready\n' : 'not ready\n');
      return;
    }
    case '/metrics':
      void answerMetrics(parts.metrics, response, { report: parts.report, headers: PLAIN_HEADERS });
      return;
    default:
      // What mails link to; the page names the commands to go on with.
      if (/^\/apps\/[^/]+$/.test(request.path)) {
        response.writeHead(200, PAGE_HEADERS);
        response.end(homePage);
        return;
      }
      answer(response, 404, 'there is nothing here\n');
  }
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...PLAIN_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  });
  response.end(text);
}

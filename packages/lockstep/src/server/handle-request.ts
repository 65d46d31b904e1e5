import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { nodeHttpHandler } from '@lockstep/provider/adapters/node-http';
import { createAdminApi } from '../admin-api/create-admin-api.ts';
import { homePage } from './home-page.ts';
import type { Metrics } from './metrics.ts';
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

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Sends each request where it belongs. SCIM requests, the hot path, are looked at first and meet no framework. */
export function createListener(services: Services, metrics: Metrics, state: ServerState): Listener {
  const scim = nodeHttpHandler(services.provider);
  const api = getRequestListener(createAdminApi(services), { overrideGlobalObjects: false });
  return (message, response) => {
    const target = message.url ?? '/';
    if (services.provider.serves(target)) {
      response.once('close', () => metrics.countRequest('scim', response.statusCode));
      scim(message, response);
      return;
    }
    const path = pathOf(target);
    if (path.startsWith('/api/v1')) {
      response.once('close', () => metrics.countRequest('api', response.statusCode));
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      void api(message, response);
      return;
    }
    message.resume();
    answerOther({ path, method: message.method ?? 'GET' }, response, { metrics, state });
    metrics.countRequest('other', response.statusCode);
  };
}

function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}

function answerOther(
  request: { readonly path: string; readonly method: string },
  response: ServerResponse,
  parts: { readonly metrics: Metrics; readonly state: ServerState },
): void {
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
      answer(response, 200, parts.metrics.text(), { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      return;
    default:
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
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

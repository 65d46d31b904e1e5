import type { Fetch } from '@lockstep/scim/client';
import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Told how long an app took to answer. */
export type FetchListener = (facts: {
  /** Origin of the app, such as `https://api.example.com`. */
  readonly target: string;
  readonly method: string;
  /** `2xx`, or `none` when no answer came. */
  readonly status: string;
  readonly seconds: number;
}) => void;

/** Name of the instrumentation; without an SDK that the embedder registers every span is a no-op. */
export const TRACER = 'lockstep';

/** Measures each request to an app, and puts a client span around it (OpenTelemetry: HTTP client spans). */
export function tracedFetch(fetch: Fetch, onAnswer: FetchListener, nowMs: () => number): Fetch {
  return async (request) => {
    const startedMs = nowMs();
    const target = URL.parse(request.url)?.origin ?? 'unknown';
    const span = trace.getTracer(TRACER).startSpan(request.method, {
      kind: SpanKind.CLIENT,
      attributes: { 'http.request.method': request.method, 'server.address': target, 'url.path': pathOf(request.url) },
    });
    const tell = (status: string): void =>
      onAnswer({ target, method: request.method, status, seconds: (nowMs() - startedMs) / 1_000 });
    try {
      const answer = await fetch(request);
      span.setAttribute('http.response.status_code', answer.status);
      if (answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      tell(`${Math.floor(answer.status / 100)}xx`);
      return answer;
    } catch (error) {
      fail(span, error);
      tell('none');
      throw error;
    } finally {
      span.end();
    }
  };
}

/** Without the query: filters hold names of people. */
function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? '';
}

function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
}

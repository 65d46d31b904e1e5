import type { ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';

const READ_WAIT_MS = 5_000;

export interface MetricsAnswering {
  /** Told why the figures could not be read. */
  report(message: string, error: unknown): void;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the figures may take, in milliseconds. Default 5,000: scrapers give up after 10 s. */
  readonly waitMs?: number;
}

/**
 * Answers with the metrics, or 503 when they cannot be read, such as with the database away: figures that nobody knows
 * are not told as zero. Never rejects.
 */
export async function answerMetrics(
  metrics: Metrics,
  response: ServerResponse,
  { report, headers, waitMs = READ_WAIT_MS }: MetricsAnswering,
): Promise<void> {
  try {
    const text = await within(metrics.text(), waitMs);
    response.writeHead(200, { ...headers, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(text);
  } catch (error) {
    report('the metrics could not be read', error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(503, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' });
    response.end('the metrics could not be read; look at the database and at the log of this process\n');
  }
}

async function within(work: Promise<string>, ms: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`there was no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

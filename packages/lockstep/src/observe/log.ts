import type { CycleEvent } from '@lockstep/engine';
import pino from 'pino';
import { LockstepError } from '../lockstep-error.ts';
import { MASK, maskSecrets } from './mask-secrets.ts';

/** The server's own log. Nothing that goes through it shows a secret. */
export interface Log {
  /** What goes wrong inside. */
  report(message: string, error?: unknown): void;
  /** One request that was answered; seen at level `debug`, refusals of the server itself at `warn`. */
  request(facts: RequestFacts): void;
  cycle(event: CycleEvent): void;
  /** Whether single requests are seen at all. */
  readonly seesRequests: boolean;
}

/** One request, as the log tells it: no query, no headers, no body. */
export interface RequestFacts {
  readonly requestId: string;
  readonly part: 'scim' | 'api' | 'other';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

/** Levels of the log, least first. */
export const logLevels: readonly [string, ...string[]] = ['debug', 'info', 'warn', 'error', 'silent'];

export interface LogOptions {
  /** `text` is a line for a person, `json` one JSON object a line. */
  readonly format: 'text' | 'json';
  /** One of `logLevels`. */
  readonly level: string;
  write(line: string): void;
}

/** Names of members that never reach the log, wherever they stand. */
const REDACTED: readonly string[] = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secretToken',
  'token',
  'key',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Makes the log of a server. */
export function createLog(options: LogOptions): Log {
  const destination = {
    write: options.format === 'json' ? options.write : (line: string) => options.write(plainLine(line)),
  };
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...REDACTED], censor: MASK },
    },
    destination,
  );
  return {
    seesRequests: logger.isLevelEnabled('debug'),
    report: (message, error) => {
      const cause = causeOf(error);
      logger.error(cause === undefined ? {} : { error: maskSecrets(cause) }, maskSecrets(message));
    },
    request: (facts) => {
      const text = `${facts.method} ${facts.path} ${facts.status}`;
      if (facts.status >= 500) logger.warn({ ...facts }, text);
      else logger.debug({ ...facts }, text);
    },
    cycle: (event) => {
      if (event.kind === 'progress') return;
      const { kind, jobId } = event;
      const facts = { jobId, ...('cycleId' in event ? { cycleId: event.cycleId } : {}) };
      if (event.kind === 'finished') {
        const { state, counts, error } = event.summary;
        const text = `the cycle of app ${jobId} ended: ${state}`;
        logger.info({ ...facts, state, counts, ...(error === undefined ? {} : { code: error.code }) }, text);
      } else logger.info(facts, `${kind} of app ${jobId}`);
    },
  };
}

function causeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof Error)) return String(error);
  return error instanceof LockstepError ? error.message : (error.stack ?? error.message);
}

/** `time message: cause`, with the request id where there is one. */
function plainLine(line: string): string {
  const value: unknown = JSON.parse(line);
  // Made by the logger above from such objects.
  const { time, message, error, requestId } = value as Readonly<Record<string, string | undefined>>;
  const id = requestId === undefined ? '' : ` [${requestId}]`;
  return `${time} ${message}${id}${error === undefined ? '' : `: ${error}`}\n`;
}

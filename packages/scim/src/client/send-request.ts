import type { PaceSignal } from './adaptive-pace.ts';
import type { ClientSettings, ScimClientOptions } from './client-options.ts';
import { type FetchAnswer, type FetchRequest, TransportError } from './fetch.ts';
import { isAbsent, readRefusal } from './read-answer.ts';
import { readRetryAfter } from './retry-after.ts';
import { type AttemptFailure, defaultRetryPolicy, isAmbiguous, nextAttempt, type RetryPolicy } from './retry-policy.ts';
import { type RequestTarget, readTargetAddress, requestPath } from './target-address.ts';
import { TargetError } from './target-error.ts';

const TIMEOUT_DEFAULT_MS = 60_000;

/** One call of the client: a request and which refusals it expects. */
export interface Call {
  readonly method: FetchRequest['method'];
  readonly target: RequestTarget;
  readonly body?: string;
  /** Whether "no such resource" is an outcome to return rather than an error to throw. */
  readonly mayBeAbsent?: boolean;
  /** The entity tag the resource must still have (RFC 7644 §3.14). */
  readonly ifMatch?: string;
}

/**
 * Carries one call to its end, retries included.
 *
 * @returns an answer with a 2xx status, or one that says "no such resource" where the call expects that
 * @throws {TargetError} for every other end
 */
export type SendCall = (call: Call) => Promise<FetchAnswer>;

type Outcome =
  | { readonly kind: 'answer'; readonly answer: FetchAnswer }
  | { readonly kind: 'transport'; readonly error: TransportError };

/** Binds settings and credentials; the address is checked here, once. */
export function createSender(options: ScimClientOptions): SendCall {
  const address = readTargetAddress(options.baseUrl);
  const policy: RetryPolicy = { ...defaultRetryPolicy, ...options.retry };
  return async (call) => {
    const path = requestPath(address, call.target);
    let isInDoubt = false;
    for (let attempt = 1; ; attempt++) {
      await options.pace?.();
      const request = await buildRequest(options, call, `${address.base}${path}`);
      await options.adaptivePace?.enter();
      if (call.method !== 'GET') await askLeave(options);
      const outcome = await exchange(options, request, { path, attempt });
      options.adaptivePace?.settle(paceSignal(outcome, options.clock.nowMs()));
      if (outcome.kind === 'answer' && isExpected(call, outcome.answer)) return outcome.answer;
      const failure = describeFailure(call.method, outcome);
      isInDoubt ||= isAmbiguous(failure);
      const { clock, random } = options;
      // The policy gives up at `attemptsMax`, which bounds this loop.
      const next = nextAttempt(failure, policy, { attempt, nowMs: clock.nowMs(), random });
      if (next.do === 'give-up') throw failureError(outcome, { ...withoutVerb(next), ambiguous: isInDoubt });
      await clock.wait(next.ms);
    }
  };
}

async function askLeave({ beforeWrite, adaptivePace }: ScimClientOptions): Promise<void> {
  try {
    await beforeWrite?.();
  } catch (error) {
    // The place that was taken is given back.
    adaptivePace?.settle({ kind: 'answered' });
    throw error;
  }
}

/** 429, 503 and answers that came too late say that the target has too much to do. */
function paceSignal(outcome: Outcome, nowMs: number): PaceSignal {
  if (outcome.kind === 'transport') return { kind: outcome.error.kind === 'timeout' ? 'overloaded' : 'answered' };
  const { status, headers } = outcome.answer;
  if (status !== 429 && status !== 503) return { kind: 'answered' };
  return { kind: 'overloaded', retryAfterMs: readRetryAfter(headers.get('retry-after'), nowMs) };
}

function isExpected(call: Call, answer: FetchAnswer): boolean {
  if (answer.status >= 200 && answer.status < 300) return true;
  return call.mayBeAbsent === true && isAbsent(answer);
}

async function buildRequest(options: ScimClientOptions, call: Call, url: string): Promise<FetchRequest> {
  const authorization =
    options.authorization === undefined ? `Bearer ${options.token.trim()}` : await options.authorization();
  const match = call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch };
  const headers = { accept: 'application/scim+json, application/json;q=0.9', authorization, ...match };
  const timeoutMs = options.requestTimeoutMs ?? TIMEOUT_DEFAULT_MS;
  if (call.body === undefined) return { method: call.method, url, headers, timeoutMs };
  const withType = { ...headers, 'content-type': 'application/scim+json' };
  return { method: call.method, url, headers: withType, body: call.body, timeoutMs };
}

async function exchange(
  settings: ClientSettings,
  request: FetchRequest,
  about: { readonly path: string; readonly attempt: number },
): Promise<Outcome> {
  const startedMs = settings.clock.nowMs();
  const outcome = await attemptOnce(settings, request);
  settings.onExchange?.({
    method: request.method,
    ...about,
    ...(outcome.kind === 'answer' ? { status: outcome.answer.status, responseText: outcome.answer.text } : {}),
    ...(outcome.kind === 'transport' ? { failure: outcome.error.kind } : {}),
    durationMs: settings.clock.nowMs() - startedMs,
    ...(request.body === undefined ? {} : { requestBody: request.body }),
  });
  return outcome;
}

/** What a port rejects with beside `TransportError` proves nothing, so it counts as a connection lost midway. */
async function attemptOnce(settings: ClientSettings, request: FetchRequest): Promise<Outcome> {
  try {
    return { kind: 'answer', answer: await settings.fetch(request) };
  } catch (cause) {
    if (cause instanceof TransportError) return { kind: 'transport', error: cause };
    const error = new TransportError('connection', 'the connection failed', { sent: 'maybe', cause });
    return { kind: 'transport', error };
  }
}

function describeFailure(method: FetchRequest['method'], outcome: Outcome): AttemptFailure {
  if (outcome.kind === 'transport') {
    return { kind: 'transport', method, failure: outcome.error.kind, sent: outcome.error.sent };
  }
  const { status, headers } = outcome.answer;
  return { kind: 'answer', method, status, retryAfter: headers.get('retry-after') };
}

interface FailureContext {
  readonly retryAfterMs?: number;
  readonly ambiguous: boolean;
}

function withoutVerb(next: { readonly do: 'give-up'; readonly retryAfterMs?: number }): { retryAfterMs?: number } {
  return next.retryAfterMs === undefined ? {} : { retryAfterMs: next.retryAfterMs };
}

function failureError(outcome: Outcome, context: FailureContext): TargetError {
  if (outcome.kind === 'answer') return readRefusal(outcome.answer, context);
  const category = outcome.error.kind === 'timeout' ? 'timeout' : 'connection';
  return new TargetError({ category, detail: outcome.error.message, ...context, cause: outcome.error });
}

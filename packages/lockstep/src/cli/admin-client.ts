import { Agent, fetch, type Response } from 'undici';
import type { z } from 'zod';
import { problemSchema } from '../admin-api/problem.ts';
import { LockstepError } from '../lockstep-error.ts';

/** Calls of the admin API. Every answer is read by its schema; the raw document stays at hand for `--json`. */
export interface AdminClient {
  /** @throws {LockstepError} with the server's code and words, or `unreachable` */
  call<T>(request: AdminRequest, schema: z.ZodType<T>): Promise<T>;
  /** A call whose answer has no body. */
  send(request: AdminRequest): Promise<void>;
  /** JSON lines of a stream. @throws also when the stream ends with an error */
  lines(request: AdminRequest): AsyncGenerator<unknown>;
}

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parts of the path below `/api/v1`; each is escaped. */
  readonly path: readonly string[];
  /** Parameters without a value are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

export interface AdminClientOptions {
  /** Without a slash at the end. */
  readonly url: string;
  /** `undefined` = none was found: the server is asked all the same, since that tells whether it runs. */
  readonly key: string | undefined;
}

/** A cycle that is waited for may take hours; what ends a call is the server or the person. */
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });

/** Makes a client of the admin API of a running server. */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  const ask = async (request: AdminRequest): Promise<Response> => {
    const response = await reach(options, request);
    if (response.ok) return response;
    throw await readRefusal(response, options);
  };
  return {
    call: async (request, schema) => read(await (await ask(request)).text(), schema, options),
    send: async (request) => {
      await (await ask(request)).text();
    },
    lines: async function* (request) {
      const response = await ask(request);
      for await (const line of splitLines(response)) {
        const value: unknown = JSON.parse(line);
        const problem = problemSchema.safeParse(value);
        if (problem.success) throw toError(problem.data.error);
        yield value;
      }
    },
  };
}

async function reach(options: AdminClientOptions, request: AdminRequest): Promise<Response> {
  const url = new URL(`${options.url}/api/v1/${request.path.map(encodeURIComponent).join('/')}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  try {
    return await fetch(url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'error',
      dispatcher,
    });
  } catch (error) {
    throw unreachable(options.url, error);
  }
}

function unreachable(url: string, error: unknown): LockstepError {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ECONNREFUSED') {
    return new LockstepError('unreachable', `no server answers at ${url}; start one with \`lockstep start\``, { cause: error });
  }
  const why = cause instanceof Error ? cause.message : 'the connection failed';
  return new LockstepError('unreachable', `${url} cannot be reached: ${why}`, {
    cause: error,
    hint: 'Name the server with --url.',
  });
}

async function readRefusal(response: Response, options: AdminClientOptions): Promise<LockstepError> {
  const problem = problemSchema.safeParse(parseJson(await response.text()));
  if (response.status === 401 && options.key === undefined) {
    return new LockstepError('unauthorized', `${options.url} wants an API key, and none was found`, {
      hint: 'Name the data folder with --data, or give the key with --key or LOCKSTEP_API_KEY.',
    });
  }
  if (problem.success) return toError(problem.data.error);
  return new LockstepError('unreachable', `${options.url} answers ${response.status} and is no Lockstep server`, {
    hint: 'Name the server with --url.',
  });
}

type Refusal = z.infer<typeof problemSchema>['error'];

function toError(refusal: Refusal): LockstepError {
  const { code, message, hint, issues } = refusal;
  return new LockstepError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(issues === undefined ? {} : { issues }),
  });
}

function read<T>(text: string, schema: z.ZodType<T>, options: AdminClientOptions): T {
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const message = `${options.url} answers in a form this version does not know`;
  throw new LockstepError('unreachable', message, { hint: 'Are server and command line of the same version?', cause: result.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* splitLines(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest.trim() !== '') yield rest;
}

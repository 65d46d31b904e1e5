import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { problemSchema } from '../admin-api/problem-shape.ts';
import { LockstepError } from '../lockstep-error.ts';

/** One call of the admin API. */
export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parts of the path below `/api/v1`; each is escaped. */
  readonly path: readonly string[];
  /** Parameters without a value are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** The admin API of a running server. Answers are read by their schema. */
export interface AdminClient {
  /** @throws {LockstepError} with the server's code and words, or `unreachable` */
  call<T>(request: AdminRequest, schema: z.ZodType<T>): Promise<T>;
  /** A call whose answer has no body. */
  send(request: AdminRequest): Promise<void>;
  /** The bytes of a file; a stream that breaks off fails. */
  stream(request: AdminRequest): Promise<Readable>;
  /** JSON lines of a stream. @throws also when the stream ends with an error */
  lines<T>(request: AdminRequest, schema: z.ZodType<T>): AsyncGenerator<T>;
}

export interface AdminClientOptions {
  /** Without a slash at the end. */
  readonly url: string;
  /** `undefined` = none was found: the server is asked all the same, since that tells whether it runs. */
  readonly key: string | undefined;
}

/**
 * Makes a client of the admin API. It waits as long as the server does: a cycle may take hours, and whoever does not
 * want to wait interrupts.
 */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  const ask = async (request: AdminRequest): Promise<IncomingMessage> => {
    const response = await reach(options, request);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    throw readRefusal(options, { status, text: await readText(response) });
  };
  return {
    call: async (request, schema) => read(parseJson(await readText(await ask(request))), schema, options),
    send: async (request) => {
      await readText(await ask(request));
    },
    stream: ask,
    lines: async function* (request, schema) {
      for await (const line of splitLines(await ask(request))) {
        const value = parseJson(line);
        const problem = problemSchema.safeParse(value);
        if (problem.success) throw toError(problem.data);
        yield read(value, schema, options);
      }
    },
  };
}

/** How the command line names itself; the audit log tells it apart by this. */
export const CLI_AGENT = 'lockstep-cli';

function reach(options: AdminClientOptions, request: AdminRequest): Promise<IncomingMessage> {
  const url = addressOf(options.url, request);
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = {
    accept: 'application/json',
    'user-agent': CLI_AGENT,
    ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, { method: request.method, headers }, resolve);
    outgoing.on('error', (error) => reject(unreachable(options.url, error)));
    outgoing.end(body);
  });
}

function addressOf(base: string, request: AdminRequest): URL {
  const url = new URL(`${base}/api/v1/${request.path.map(encodeURIComponent).join('/')}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function unreachable(url: string, error: Error): LockstepError {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') {
    const message = `no server answers at ${url}; start one with \`lockstep start\``;
    return new LockstepError('unreachable', message, { cause: error });
  }
  const hint = 'Name the server with --url.';
  return new LockstepError('unreachable', `${url} cannot be reached: ${error.message}`, { cause: error, hint });
}

function readRefusal(
  options: AdminClientOptions,
  response: { readonly status: number; readonly text: string },
): LockstepError {
  if (response.status === 401 && options.key === undefined) {
    return new LockstepError('unauthorized', `${options.url} wants an API key, and none was found`, {
      hint: 'Name the data folder with --data, or give the key with --key or LOCKSTEP_API_KEY.',
    });
  }
  const problem = problemSchema.safeParse(parseJson(response.text));
  if (problem.success) return toError(problem.data);
  const message = `${options.url} answers ${response.status} and does not look like a Lockstep server`;
  return new LockstepError('unreachable', message, { hint: 'Name the server with --url.' });
}

function toError(problem: z.infer<typeof problemSchema>): LockstepError {
  const { code, message, hint, issues } = problem.error;
  return new LockstepError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(issues === undefined ? {} : { issues }),
  });
}

function read<T>(value: unknown, schema: z.ZodType<T>, options: AdminClientOptions): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const hint = 'Are server and command line of the same version?';
  const message = `${options.url} answers in a form this version does not know`;
  throw new LockstepError('unreachable', message, { hint, cause: result.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

async function* splitLines(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest.trim() !== '') yield rest;
}

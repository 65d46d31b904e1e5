import { isJsonObject } from '../json.ts';
import type { FetchAnswer } from './fetch.ts';
import { isAbsent, readResourceAnswer } from './read-answer.ts';
import type { Call, SendCall } from './send-request.ts';
import { TargetError } from './target-error.ts';

/** 428: the target changes nothing without a version (RFC 6585 §3); 412: the version is not the one it has. */
const ASKS_FOR_VERSION: ReadonlySet<number | undefined> = new Set([412, 428]);

/**
 * Sends a change of one resource. A target that asks for the version of the resource (RFC 7644 §3.14) is told the one it
 * has now, once: changes are differences, so whatever happened beside them stays.
 *
 * @throws {TargetError}
 */
export async function sendWithVersion(send: SendCall, call: Call): Promise<FetchAnswer> {
  try {
    return await send(call);
  } catch (error) {
    if (!(error instanceof TargetError) || !ASKS_FOR_VERSION.has(error.status)) throw error;
    const version = await readVersion(send, call);
    if (version === undefined) throw error;
    return send({ ...call, ifMatch: version });
  }
}

async function readVersion(send: SendCall, { target }: Call): Promise<string | undefined> {
  const answer = await send({ method: 'GET', target, mayBeAbsent: true });
  if (isAbsent(answer)) return undefined;
  const header = answer.headers.get('etag');
  if (header !== null && header !== '') return header;
  const meta = readResourceAnswer(answer)?.['meta'];
  return isJsonObject(meta) && typeof meta['version'] === 'string' ? meta['version'] : undefined;
}

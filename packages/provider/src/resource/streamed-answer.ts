import type { Call } from '../request/call.ts';
import { SCIM_MEDIA_TYPE, type ScimResponse } from '../request/exchange.ts';

/** An answer whose body comes in parts, for bodies that are never held as a whole. */
export interface StreamedAnswer extends ScimResponse {
  /** Parts of the body, to be read once; who reads them sets the pace. */
  readonly parts: AsyncIterable<string>;
}

/** A 200 or 201 with a body in parts. A failure between two parts is reported, and ends the body before its end. */
export function streamedAnswer(
  call: Call,
  head: Pick<ScimResponse, 'status' | 'headers'>,
  parts: AsyncIterable<string>,
): StreamedAnswer {
  return {
    status: head.status,
    headers: { 'content-type': SCIM_MEDIA_TYPE, ...head.headers },
    parts: told(call, parts),
  };
}

async function* told(call: Call, parts: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* parts;
  } catch (error) {
    throw call.asRefusal(error);
  }
}

export function isStreamed(answer: ScimResponse): answer is StreamedAnswer {
  return 'parts' in answer;
}

/** The answer with its body as one text, for those who need all of it. */
export async function wholeAnswer(answer: ScimResponse): Promise<ScimResponse> {
  if (!isStreamed(answer)) return answer;
  const { parts, ...head } = answer;
  const texts: string[] = [];
  for await (const part of parts) texts.push(part);
  return { ...head, body: texts.join('') };
}

import { listResponseText, type Page } from '@lockstep/scim';
import { textAnswer } from '../request/answer.ts';
import type { Call } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import { listParts, type Shown } from './resource-parts.ts';
import { streamedAnswer } from './streamed-answer.ts';

/** The answer to a query; in parts when one of its groups has more members than are held at a time. */
export function listAnswer(call: Call, page: Page, resources: readonly Shown[]): ScimResponse {
  const texts = resources.filter((one) => typeof one === 'string');
  if (texts.length === resources.length) return textAnswer(200, listResponseText(page, texts));
  return streamedAnswer(call, { status: 200, headers: {} }, listBody(call, page, resources));
}

async function* listBody(call: Call, page: Page, resources: readonly Shown[]): AsyncGenerator<string> {
  const places = resources.map(() => '');
  const frame = listResponseText(page, places);
  yield frame.slice(0, frame.lastIndexOf('[') + 1);
  yield* listParts(resources, { realms: call.realms, realm: call.tenant.realm });
  yield ']}';
}

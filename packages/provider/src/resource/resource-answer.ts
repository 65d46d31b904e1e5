import type { Projection } from '@lockstep/scim';
import type { StoredResource } from '../ports/realm-store.ts';
import { textAnswer } from '../request/answer.ts';
import type { Call } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { resourceParts, show } from './resource-parts.ts';
import { streamedAnswer } from './streamed-answer.ts';

/** The answer that shows one resource; in parts when the resource has more members than are held at a time. */
export function resourceAnswer(
  call: Call,
  shape: TypeShape,
  shown: {
    readonly stored: StoredResource;
    readonly projection: Projection | undefined;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  },
): ScimResponse {
  const { stored, projection, ...head } = shown;
  const resource = show(stored, { base: call.base, shape, projection });
  if (typeof resource === 'string') return textAnswer(head.status, resource, head.headers);
  return streamedAnswer(call, head, resourceParts(resource, { realms: call.realms, realm: call.tenant.realm }));
}

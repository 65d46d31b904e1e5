import { passesIfNoneMatch, ScimError } from '@lockstep/scim';
import { emptyAnswer } from '../request/answer.ts';
import { type Call, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { tagOf } from './render-resource.ts';
import { resourceAnswer } from './resource-answer.ts';
import { readSelection } from './selection.ts';

/** `GET /Users/{id}` (RFC 7644 §3.4.1), answering 304 when the client has the version already (§3.14). */
export async function readResourceById(call: Call, shape: TypeShape, id: string): Promise<ScimResponse> {
  requireScope(call, 'read');
  const selection = readSelection(shape, call.query);
  const stored = await call.realms.read(call.tenant.realm, id, { type: shape.type.name, include: selection.include });
  if (stored === undefined) throw notFound(shape, id);
  const etag = tagOf(stored);
  if (!passesIfNoneMatch(call.request.header('if-none-match'), etag)) return emptyAnswer(304, { etag });
  return resourceAnswer(call, shape, { stored, projection: selection.projection, status: 200, headers: { etag } });
}

/** The refusal for a resource that is not there (RFC 7644 §3.12). */
export function notFound(shape: TypeShape, id: string): ScimError {
  return new ScimError('notFound', `there is no ${shape.type.name} with id ${id.slice(0, 100)}`);
}

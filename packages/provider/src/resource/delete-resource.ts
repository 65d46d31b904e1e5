import { ScimError } from '@lockstep/scim';
import { emptyAnswer } from '../request/answer.ts';
import { type Call, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { prepareResource } from './prepare-resource.ts';
import { readObject } from './read-object.ts';
import { notFound } from './read-resource.ts';
import { refuse } from './refuse.ts';
import { requireMatch } from './replace-resource.ts';
import { whoIsLeft } from './who-is-left.ts';

/**
 * `DELETE /Users/{id}` (RFC 7644 §3.6). Where the profile says that leaving makes inactive, the account stays and is
 * switched off; everywhere else a tombstone is left.
 */
export async function deleteResource(call: Call, shape: TypeShape, id: string): Promise<ScimResponse> {
  requireScope(call, 'delete');
  const { profile } = call.shape;
  if (!shape.rules.actions.delete) {
    const own = new ScimError('methodNotAllowed', `${profile.title} deletes no ${shape.type.name} over SCIM`);
    throw refuse(profile, 'deleteUser', own);
  }
  await requireVersion(call, shape, id);
  const isGone =
    profile.removal === 'deactivate' && shape.kind === 'user'
      ? await deactivate(call, shape, id)
      : await call.realms.remove(
          call.tenant.realm,
          { type: shape.type.name, id },
          call.nowMs,
          (current) => whoIsLeft(call, shape, { current, after: undefined }).keeps,
        );
  if (!isGone) throw notFound(shape, id);
  return emptyAnswer(204);
}

/** Only a request with a condition pays for the look at the version. */
async function requireVersion(call: Call, shape: TypeShape, id: string): Promise<void> {
  const { request } = call;
  if (request.header('if-match') === undefined && request.header('if-none-match') === undefined) return;
  const include = { members: false, groups: false };
  const current = await call.realms.read(call.tenant.realm, id, { type: shape.type.name, include });
  if (current !== undefined) requireMatch(call, current);
}

async function deactivate(call: Call, shape: TypeShape, id: string): Promise<boolean> {
  const outcome = await call.realms.update(call.tenant.realm, { type: shape.type.name, id }, (current) => {
    const { id: _id, ...before } = readObject(current.text);
    if (before['active'] === false) return undefined;
    const after = { ...before, active: false };
    const { text, keys } = prepareResource(call, shape, { id, resource: after, before });
    return { text, keys, ...whoIsLeft(call, shape, { current, after }), nowMs: call.nowMs };
  });
  return outcome !== undefined;
}

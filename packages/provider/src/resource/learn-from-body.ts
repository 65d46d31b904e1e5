import { type Json, ScimError } from '@lockstep/scim';
import { type Call, readJson } from '../request/call.ts';
import { inferExtensions, type KnownAs } from '../tenant/infer-extensions.ts';
import { learnExtensions } from '../tenant/learn-extensions.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';

/** A call with its body read, and the type it is for as the tenant knows it now. */
export interface InformedCall {
  readonly call: Call;
  readonly shape: TypeShape;
}

/**
 * Lets a lenient tenant of an app that learns take up extensions of a body before the body is read by the schemas. An
 * administrator's custom attributes then work without being declared twice. Everybody else's body is left unread.
 */
export async function learnFromBody(call: Call, shape: TypeShape): Promise<InformedCall> {
  const { profile } = call.shape;
  if (profile.learnsExtensions !== true || !call.accepts.has('unknownSchemas')) return { call, shape };
  // Whatever JSON is: the readers behind this say what is wrong with a body that is no object.
  const informed: Call = { ...call, given: (await readJson(call)) as Json };
  const seen = inferExtensions(informed.given, (urn) => knownAs(urn, informed, shape));
  const { name } = shape.type;
  if (seen.size === 0 || learnExtensions(call.tenant.settings, name, seen) === undefined) {
    return { call: informed, shape };
  }
  const taught = await teach(informed, (settings) => learnExtensions(settings, name, seen));
  return taught === undefined ? { call: informed, shape } : informedBy(taught, shape);
}

function informedBy(call: Call, before: TypeShape): InformedCall {
  const shape = call.shape.types.find((one) => one.type.name === before.type.name) ?? before;
  call.note('unknownSchemas');
  return { call, shape };
}

/** A request is not refused for what it would teach: without room for it, it is answered as by a tenant that learns nothing. */
async function teach(call: Call, change: Parameters<Call['changeSettings']>[0]): Promise<Call | undefined> {
  try {
    const changed = await call.changeSettings(change);
    return changed === undefined ? undefined : { ...call, ...changed };
  } catch (error) {
    if (error instanceof ScimError && error.code === 'invalidValue') return undefined;
    throw error;
  }
}

function knownAs(urn: string, call: Call, { fullType }: TypeShape): KnownAs {
  const wanted = urn.toLowerCase();
  const isServed = [fullType, ...fullType.extensions].some(({ schema }) => schema.id.toLowerCase() === wanted);
  if (!isServed) return undefined;
  const isLearnt = call.tenant.settings.extensions?.some(
    (one) => one.isLearnt === true && String(one.schema['id']).toLowerCase() === wanted,
  );
  return isLearnt === true ? 'learnt' : 'declared';
}

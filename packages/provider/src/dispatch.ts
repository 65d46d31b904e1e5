import { ScimError } from '@lockstep/scim';
import { runBulk } from './bulk/run-bulk.ts';
import { describeResourceTypes, describeSchemas, describeService } from './discovery/discovery.ts';
import type { Call } from './request/call.ts';
import type { ScimRequest, ScimResponse } from './request/exchange.ts';
import { checkContentType } from './request/media-type.ts';
import type { Route } from './request/route.ts';
import { dispatchResource, notAllowed, resourceShape, unknownEndpoint } from './resource/dispatch-resource.ts';
import { queryAllByBody, queryAllByUrl } from './resource/query-all-types.ts';

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Hands a call to what its path names (RFC 7644 §3.2). HEAD is answered as GET is, without the body (RFC 9110 §9.3.2). */
export async function dispatch(call: Call, route: Route): Promise<ScimResponse> {
  const { request } = call;
  if (request.method === 'HEAD') {
    const { status, headers } = await answerCall({ ...call, request: asGet(request) }, route);
    return { status, headers };
  }
  if (METHODS_WITH_BODY.has(request.method)) {
    checkContentType(request, call.note);
    checkContentEncoding(request);
  }
  return answerCall(call, route);
}

function asGet(request: ScimRequest): ScimRequest {
  const { target, remoteAddress, origin } = request;
  return { method: 'GET', target, remoteAddress, origin, header: request.header, body: request.body };
}

/** @throws {ScimError} `unsupportedMediaType` for a body that is packed (RFC 9110 §15.5.16) */
function checkContentEncoding(request: ScimRequest): void {
  const encoding = request.header('content-encoding');
  if (encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity') return;
  throw new ScimError('unsupportedMediaType', 'send the body as it is, without Content-Encoding', {
    headers: { 'accept-encoding': 'identity' },
  });
}

async function answerCall(call: Call, route: Route): Promise<ScimResponse> {
  const [first = '', second, third] = route.segments;
  if (third !== undefined) throw unknownEndpoint();
  switch (first.toLowerCase()) {
    case '':
      if (call.request.method !== 'GET') throw notAllowed(call.request.method, 'GET');
      return queryAllByUrl(call);
    case '.search':
      if (second !== undefined) throw unknownEndpoint();
      if (call.request.method !== 'POST') throw notAllowed(call.request.method, 'POST');
      return queryAllByBody(call);
    case 'serviceproviderconfig':
      if (second !== undefined) throw unknownEndpoint();
      return describeService(call);
    case 'resourcetypes':
      return describeResourceTypes(call, second);
    case 'schemas':
      return describeSchemas(call, second);
    case 'me':
      throw new ScimError(
        'notImplemented',
        '/Me is not supported: a token stands for an application, not for a person',
      );
    case 'bulk':
      if (second !== undefined) throw unknownEndpoint();
      if (call.request.method !== 'POST') throw notAllowed(call.request.method, 'POST');
      return runBulk(call);
    default:
      return dispatchResource(call, resourceShape(call, first), second);
  }
}

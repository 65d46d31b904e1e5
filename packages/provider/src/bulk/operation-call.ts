import type { BulkMethod, Json } from '@lockstep/scim';
import type { Call } from '../request/call.ts';
import type { BulkTarget } from './bulk-target.ts';

/** One operation ready to be carried out. */
export interface ReadyOperation {
  readonly method: BulkMethod;
  readonly target: BulkTarget;
  /** Without references to other operations. */
  readonly data: Json | undefined;
  readonly version: string | undefined;
}

/** The call that the operation would be as a request of its own: `version` is its `If-Match` (RFC 7644 §3.7). */
export function operationCall(call: Call, operation: ReadyOperation): Call {
  const { method, target, data, version } = operation;
  return {
    ...call,
    request: {
      method,
      target: call.request.target,
      remoteAddress: call.request.remoteAddress,
      origin: call.request.origin,
      header: (name) => (name === 'if-match' ? version : undefined),
      body: async () => '',
    },
    query: target.query,
    ...(data === undefined ? {} : { given: data }),
  };
}

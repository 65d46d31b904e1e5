import { type JsonObject, SERVICE_PROVIDER_CONFIG_SCHEMA } from '@lockstep/scim';
import type { Limits } from '../request/call.ts';

/** `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4): it has `meta` but no `id`, and every limit in it is enforced. */
export function serviceProviderConfig(base: string, limits: Limits): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.bulkOperationsMax, maxPayloadSize: limits.bodyBytesMax },
    filter: { supported: true, maxResults: limits.pageSizeMax },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.pageSizeDefault,
      maxPageSize: limits.pageSizeMax,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'The tenant token in the Authorization header, behind the word Bearer',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description: `Access tokens of 60 minutes from ${base}/oauth/token, for a client id and its secret`,
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

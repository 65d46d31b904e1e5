import { type Dialect, type Json, type NoteDeviation, ScimError } from '@lockstep/scim';
import type { RealmStore } from '../ports/realm-store.ts';
import type { StoredToken, Tenant, TenantSettings, TokenScope } from '../ports/tenant-store.ts';
import type { Sighting } from '../request-log/sighting.ts';
import type { TenantShape } from '../tenant/tenant-shape.ts';
import type { ScimRequest } from './exchange.ts';

/** Bounds on what one request may ask for. All are enforced, and those the protocol can tell are advertised. */
export interface Limits {
  readonly bodyBytesMax: number;
  readonly pageSizeMax: number;
  readonly pageSizeDefault: number;
  readonly filterLengthMax: number;
  readonly patchOperationsMax: number;
  readonly bulkOperationsMax: number;
}

/** An authenticated request with everything an operation needs. Made anew for each request. */
export interface Call {
  readonly request: ScimRequest;
  readonly tenant: Tenant;
  readonly token: StoredToken;
  readonly shape: TenantShape;
  /** Base address of the tenant: `https://host/scim/v2/acme`. */
  readonly base: string;
  readonly query: URLSearchParams;
  readonly accepts: Dialect;
  readonly note: NoteDeviation;
  /** What is to be told of the request when it has been answered. */
  readonly sighting: Sighting;
  readonly realms: RealmStore;
  readonly limits: Limits;
  readonly nowMs: number;
  newId(): string;
  /**
   * Changes the tenant's settings, one change at a time, from what they are by then. `undefined` when nothing changes.
   * @throws {ScimError} `invalidValue` for schemas that do not fit
   */
  changeSettings(
    change: (settings: TenantSettings) => TenantSettings | undefined,
  ): Promise<{ readonly tenant: Tenant; readonly shape: TenantShape } | undefined>;
  /** A failure as it is answered: what is nobody's fault outside is reported and becomes `internal`. */
  asRefusal(error: unknown): ScimError;
  /** The body where it is read already: that of an operation within a bulk request. */
  readonly given?: Json;
}

/** @throws {ScimError} `forbidden` when the token was made without the scope */
export function requireScope(call: Call, scope: TokenScope): void {
  if (call.token.scopes.includes(scope)) return;
  throw new ScimError('forbidden', `the token may not ${scope}; it was made for: ${call.token.scopes.join(', ')}`);
}

/** Reads the body as JSON. @throws {ScimError} `invalidSyntax` when it is none, `payloadTooLarge` when it is too long */
export async function readJson(call: Call): Promise<unknown> {
  if (call.given !== undefined) return call.given;
  const text = await call.request.body(call.limits.bodyBytesMax);
  if (text === '') throw new ScimError('invalidSyntax', 'the request has no body; JSON was expected');
  try {
    const body: unknown = JSON.parse(text);
    call.sighting.body = body;
    return body;
  } catch (error) {
    throw new ScimError('invalidSyntax', 'the body is not valid JSON', { cause: error });
  }
}

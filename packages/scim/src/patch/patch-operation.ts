import type { Json } from '../json.ts';
import type { PatchPath } from '../path/path.ts';

/** What a PATCH operation does (RFC 7644 §3.5.2): always lower case behind the ingress layer. */
export type PatchVerb = 'add' | 'replace' | 'remove';

/**
 * One PATCH operation in RFC shape (RFC 7644 §3.5.2). `readPatchRequest` yields only operations that have a path,
 * whose names are spelt as the schema spells them and whose value has the attribute's type; `value` is absent exactly
 * when `op` is `remove`. An operation without a path is allowed on the way out only (`patchBody`).
 */
export interface PatchOperation {
  readonly op: PatchVerb;
  readonly path?: PatchPath;
  readonly value?: Json;
}

/** URN of a PATCH request body (RFC 7644 §3.5.2). */
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

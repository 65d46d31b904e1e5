import { ScimError, type ScimErrorCode, type ScimType, scimErrors } from '@lockstep/scim';

/** How a refusal shows in SCIM. */
export interface AppRefusalOptions {
  /** Detail error keyword of RFC 7644 §3.12, such as `uniqueness`; it decides the status where it has one of its own. */
  readonly scimType?: ScimType;
  /** What went wrong inside; logged, never sent. */
  readonly cause?: unknown;
}

/**
 * Thrown by a hook to refuse a change: the client gets a SCIM error with this status and text, and nothing is stored.
 * `message` is public.
 */
export class AppRefusal extends Error {
  override readonly name = 'AppRefusal';
  readonly status: number;
  readonly scimType: ScimType | undefined;

  /** @param status of HTTP, 400 to 599; one that SCIM has no word for counts as 400, or 503 from 500 on */
  constructor(status: number, message: string, options: AppRefusalOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.scimType = options.scimType;
  }
}

/** What a hook threw, as the client may see it. Anything but a refusal stays private and becomes a 500. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof AppRefusal)) return error;
  return new ScimError(codeOf(error), error.message, { cause: error });
}

function codeOf({ status, scimType }: AppRefusal): ScimErrorCode {
  if (scimType !== undefined) return scimType;
  // The keys of the record are the codes.
  const codes = Object.keys(scimErrors) as ScimErrorCode[];
  const code = codes.find((one) => scimErrors[one].status === status && scimErrors[one].scimType === undefined);
  return code ?? (status >= 500 ? 'unavailable' : 'badRequest');
}

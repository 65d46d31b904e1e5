import { ScimError, type ScimErrorCode } from '@lockstep/scim';

/** For `assert.rejects`: whether an error is a SCIM refusal with the code. */
export function isScimError(code: ScimErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof ScimError && error.code === code;
}

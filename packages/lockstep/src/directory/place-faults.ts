import { ScimError } from '@lockstep/scim';
import { LockstepError } from '../lockstep-error.ts';

/**
 * Tells refusals that are about one attribute with its name, so that a form can show them there.
 *
 * @throws {LockstepError} `conflict` at `userPrincipalName` for a name that is taken; whatever else `write` throws
 */
export async function placeFaults<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ScimError) || error.code !== 'uniqueness') throw error;
    throw faultAt('userPrincipalName', 'another person has this sign-in name', { code: 'conflict', cause: error });
  }
}

/** A refusal about one attribute. */
export function faultAt(
  place: string,
  message: string,
  {
    code = 'invalidValue',
    ...rest
  }: { readonly code?: LockstepError['code']; readonly hint?: string; readonly cause?: unknown } = {},
): LockstepError {
  return new LockstepError(code, `${place}: ${message}`, { ...rest, issues: [{ place, message }] });
}

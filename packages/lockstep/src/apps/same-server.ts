import { LockstepError } from '../lockstep-error.ts';

/** Whether two addresses are of one server: scheme, host and port. */
export function isSameServer(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

/**
 * A stored token never goes to a server it was not entered for: whoever may edit an app could read it there.
 *
 * @throws {LockstepError} `invalidValue`
 */
export function refuseOtherServer(known: string, given: string): void {
  if (isSameServer(known, given)) return;
  throw new LockstepError('invalidValue', 'tenantUrl: the stored token belongs to another address', {
    hint: 'Enter the token of the new address too.',
  });
}

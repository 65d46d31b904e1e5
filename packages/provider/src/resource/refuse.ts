import type { AppProfile, RefusalCase } from '@lockstep/gallery';
import { ScimError } from '@lockstep/scim';

/** A refusal in the app's own words where its profile has some, else in ours. */
export function refuse(profile: AppProfile, situation: RefusalCase, own: ScimError): ScimError {
  const words = profile.refusals[situation];
  if (words === undefined) return own;
  const { hint, cause, headers } = own;
  return new ScimError(words.code, words.text, { ...(hint === undefined ? {} : { hint }), cause, headers });
}

import type { Tenant } from '@lockstep/provider';
import { LockstepError } from '../lockstep-error.ts';
import { findProfile } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';

/**
 * Switches SCIM of a tenant on or off. An app that asks for single sign-on first is not switched on before it is enforced.
 *
 * @throws {LockstepError} `conflict`
 */
export async function switchProvisioning(
  { provider, sso }: Pick<Services, 'provider' | 'sso'>,
  tenant: Tenant,
  to: 'on' | 'off',
): Promise<void> {
  const needsSignOn = findProfile(tenant.profile)?.signIn.need === 'first';
  if (to === 'on' && needsSignOn && (await sso.connections.find(tenant.id))?.state !== 'enforced') {
    const hint = 'Save the values, make a test sign-in, and enforce single sign-on.';
    throw new LockstepError('conflict', 'single sign-on has to be enforced before provisioning is switched on', {
      hint,
    });
  }
  await provider.admin.changeSettings(tenant.id, (settings) => ({ ...settings, provisioning: to }));
}

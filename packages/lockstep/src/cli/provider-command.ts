import type { CommandModule } from './command-module.ts';
import { registerProviderAccount } from './provider-account-command.ts';
import { registerProviderAdd } from './provider-add-command.ts';
import { registerProviderClient } from './provider-client-command.ts';
import { registerProviderGroup } from './provider-group-command.ts';
import { registerProviderList } from './provider-list-command.ts';
import { registerProviderPortal } from './provider-portal-command.ts';
import { registerProviderProvisioning } from './provider-provisioning-command.ts';
import { registerProviderRequests } from './provider-requests-command.ts';
import { registerProviderRoles } from './provider-roles-command.ts';
import { registerProviderSetupLink } from './provider-setup-link-command.ts';
import { registerProviderSource } from './provider-source-command.ts';
import { registerProviderSso } from './provider-sso-command.ts';
import { registerProviderToken } from './provider-token-command.ts';
import { registerProviderWebhook } from './provider-webhook-command.ts';

/** `lockstep provider ...`: the receiving side. */
export const providerCommand: CommandModule = {
  register: (program, io) => {
    const family = program
      .command('provider')
      .description('The receiving side: tenants with their SCIM address and tokens.');
    registerProviderAdd(family, io);
    registerProviderList(family, io);
    registerProviderRequests(family, io);
    registerProviderRoles(family, io);
    registerProviderAccount(family, io);
    registerProviderGroup(family, io);
    registerProviderToken(family, io);
    registerProviderClient(family, io);
    registerProviderWebhook(family, io);
    registerProviderSso(family, io);
    registerProviderPortal(family, io);
    registerProviderSetupLink(family, io);
    registerProviderSource(family, io);
    registerProviderProvisioning(family, io);
  },
};

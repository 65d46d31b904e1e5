import type { PortalSection } from '@lockstep/gallery';
import type { SectionHandler, SectionOf } from '../page-visit.ts';
import { accessKeySection } from './access-key-section.ts';
import { addressSection } from './address-section.ts';
import { administratorsSection } from './administrators-section.ts';
import { apiKeySection } from './api-key-section.ts';
import { attributesSection } from './attributes-section.ts';
import { localSettingsSection, ownSettingsSection } from './local-settings-section.ts';
import { membersSection } from './members-section.ts';
import { operatorTokenSection } from './operator-token-section.ts';
import { provisioningSection } from './provisioning-section.ts';
import { rolesSection } from './roles-section.ts';
import { signOnSection } from './sign-on-section.ts';
import { sourcesSection } from './sources-section.ts';

type Handlers = { readonly [K in PortalSection['kind']]: SectionHandler<SectionOf<K>> };

const handlers: Handlers = {
  accessKey: accessKeySection,
  address: addressSection,
  administrators: administratorsSection,
  apiKey: apiKeySection,
  attributes: attributesSection,
  localSettings: localSettingsSection,
  members: membersSection,
  operatorToken: operatorTokenSection,
  ownSettings: ownSettingsSection,
  provisioning: provisioningSection,
  roles: rolesSection,
  signOn: signOnSection,
  sources: sourcesSection,
};

/** How a section is drawn and what its forms do. */
export function handlerOf<S extends PortalSection>(section: S): SectionHandler<S> {
  // The table's type says that the handler of a kind takes sections of that kind; the compiler cannot follow an index.
  return handlers[section.kind] as unknown as SectionHandler<S>;
}

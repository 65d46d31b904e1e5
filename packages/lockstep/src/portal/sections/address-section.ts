import { scimUrl } from '../../server/scim-url.ts';
import { copyHtml } from '../form.ts';
import { html } from '../html.ts';
import type { SectionHandler, SectionOf } from '../page-visit.ts';

/** The Tenant URL, and the tenant's id where it is a part of it. */
export const addressSection: SectionHandler<SectionOf<'address'>> = {
  draw: ({ parts, tenant, profile }, section) => {
    const id = profile.tenantInPath ? copyHtml(profile.tenantIdLabel, tenant.id) : undefined;
    return Promise.resolve(
      html`<p>${section.text}</p>${copyHtml(section.label, scimUrl(parts.publicUrl(), tenant))}${id}`,
    );
  },
  actions: {},
};

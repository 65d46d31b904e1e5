import { formHtml } from '../form.ts';
import { html } from '../html.ts';
import { actionPath, FormError, noteDeed, type SectionHandler, type SectionOf, textOf } from '../page-visit.ts';
import { switchProvisioning } from '../switch-provisioning.ts';

/** Switches SCIM on and off. */
export const provisioningSection: SectionHandler<SectionOf<'provisioning'>> = {
  draw: async (of, section) => {
    const { tenant, profile } = of;
    const isOn = tenant.settings.provisioning !== 'off';
    const state = isOn ? html`<span class="badge success">On</span>` : html`<span class="badge warning">Off</span>`;
    const connection = await of.parts.sso.connections.find(tenant.id);
    const isReady = profile.signIn.need !== 'first' || connection?.state === 'enforced';
    const advice =
      isOn || isReady
        ? undefined
        : html`<p class="notice warning">Set up and enforce single sign-on first: provisioning cannot be switched on before.</p>`;
    return html`<p>${section.text}</p><p>Provisioning: ${state}</p>${advice}
${formHtml({
  action: actionPath(of, section.kind, 'switch'),
  button: isOn ? 'Switch provisioning off' : 'Switch provisioning on',
  fields: undefined,
  hidden: { to: isOn ? 'off' : 'on' },
  ...(isOn ? { look: 'danger' as const } : {}),
})}`;
  },
  actions: {
    switch: async (of, _section, form) => {
      const to = textOf(form, 'to');
      if (to !== 'on' && to !== 'off') throw new FormError('Say on or off.');
      await switchProvisioning(of.parts, of.tenant, to);
      await noteDeed(of, `provisioning switched ${to}`);
      return { done: 'switched' };
    },
  },
};

import { LockstepError } from '../../lockstep-error.ts';
import { formHtml } from '../form.ts';
import { html } from '../html.ts';
import { actionPath, noteDeed, type SectionHandler, type SectionOf, textOf } from '../page-visit.ts';
import { livingTokens, tokenTable } from './token-list.ts';

/** Holder of the key that is made on a page of the app. */
export const ACCESS_KEY_HOLDER = 'accessKey';

/** One key of the tenant; a new one takes the place of the one before. */
export const accessKeySection: SectionHandler<SectionOf<'accessKey'>> = {
  draw: async (of, section) => {
    const tokens = await livingTokens(of);
    const own = tokens.some((one) => one.holder === ACCESS_KEY_HOLDER);
    const state =
      tokens.length > 0
        ? html`<span class="badge success">Set</span>`
        : html`<span class="badge ${section.isMandatory ? 'danger' : 'warning'}">Not set</span>`;
    const list =
      tokens.length === 0
        ? undefined
        : tokenTable(tokens, 'Keys that open this app', actionPath(of, section.kind, 'revoke'));
    return html`<p>${section.text}</p><p>${section.label}: ${state}</p>${list}
${formHtml({
  action: actionPath(of, section.kind, 'generate'),
  button: section.button,
  fields: own ? html`<p class="hint">The key that was made here before stops working at once.</p>` : undefined,
})}`;
  },
  actions: {
    generate: async (of, section) => {
      const { admin } = of.parts.provider;
      await admin.revokeTokensOf(of.tenant.id, ACCESS_KEY_HOLDER);
      const made = await admin.issueToken(of.tenant.id, { label: section.label, holder: ACCESS_KEY_HOLDER });
      await noteDeed(of, `${section.label} made (token ${made.id})`);
      return { shown: { label: section.label, text: made.text, hint: 'Copy it now: it is never shown again.' } };
    },
    revoke: async (of, section, form) => {
      const token = textOf(form, 'token');
      if (!(await of.parts.provider.admin.revokeToken(of.tenant.id, token))) {
        throw new LockstepError('notFound', 'there is no such key');
      }
      await noteDeed(of, `${section.label} revoked (token ${token})`);
      return { done: 'revoked' };
    },
  },
};

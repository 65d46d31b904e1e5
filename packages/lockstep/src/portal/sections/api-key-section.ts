import { LockstepError } from '../../lockstep-error.ts';
import { formHtml } from '../form.ts';
import { html } from '../html.ts';
import { actionPath, noteDeed, type PageVisit, type SectionHandler, type SectionOf } from '../page-visit.ts';
import { livingTokens, tokenTable } from './token-list.ts';

/** A key of whoever is signed in. */
export const apiKeySection: SectionHandler<SectionOf<'apiKey'>> = {
  draw: async (of, section) => {
    const own = (await livingTokens(of)).filter((one) => one.holder === holderOf(of));
    const list = own.length === 0 ? undefined : tokenTable(own, 'Your key', actionPath(of, section.kind, 'revoke'));
    const state =
      own.length === 0
        ? html`<span class="badge warning">Not made yet</span>`
        : html`<span class="badge success">Made</span>`;
    return html`<p>${section.text}</p><p>${section.label}: ${state}</p>${list}
${formHtml({
  action: actionPath(of, section.kind, 'generate'),
  button: own.length === 0 ? section.button : 'Regenerate API key',
  fields: own.length === 0 ? undefined : html`<p class="hint">The key you have stops working at once.</p>`,
})}`;
  },
  actions: {
    generate: async (of, section) => {
      const { admin } = of.parts.provider;
      const holder = holderOf(of);
      await admin.revokeTokensOf(of.tenant.id, holder);
      const made = await admin.issueToken(of.tenant.id, { label: `${section.label} of ${of.entrant.name}`, holder });
      await noteDeed(of, `${section.label} made (token ${made.id})`);
      return { shown: { label: section.label, text: made.text, hint: 'Copy it now: it is never shown again.' } };
    },
    revoke: async (of, section) => {
      if ((await of.parts.provider.admin.revokeTokensOf(of.tenant.id, holderOf(of))) === 0) {
        throw new LockstepError('notFound', 'you have no key');
      }
      await noteDeed(of, `${section.label} revoked`);
      return { done: 'revoked' };
    },
  },
};

function holderOf({ entrant }: PageVisit): string {
  if (entrant.kind !== 'member') return entrant.holder;
  throw new LockstepError('forbidden', 'only a user with administration rights has an API key');
}

import { html } from '../html.ts';
import type { SectionHandler, SectionOf } from '../page-visit.ts';
import { livingTokens, tokenTable } from './token-list.ts';

/** Says how the token is come by; there is no button for it. */
export const operatorTokenSection: SectionHandler<SectionOf<'operatorToken'>> = {
  draw: async (of, section) => {
    const tokens = await livingTokens(of);
    const list =
      tokens.length === 0
        ? html`<p><span class="badge warning">No token yet</span></p>`
        : tokenTable(tokens, 'Tokens that the operator made');
    return html`<p>${section.text}</p>${list}`;
  },
  actions: {},
};

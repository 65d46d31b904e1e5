import type { StoredToken } from '@lockstep/provider';
import { formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import { dayText, type TenantVisit } from '../page-visit.ts';

/** Tokens of a tenant that still open it, those of OAuth clients aside. */
export async function livingTokens({ parts, tenant }: TenantVisit): Promise<readonly StoredToken[]> {
  const now = parts.clock.nowMs();
  const tokens = await parts.provider.admin.tokens(tenant.id);
  return tokens.filter((one) => one.revokedMs === null && (one.expiresMs === null || one.expiresMs > now));
}

/** Tokens as a table, without themselves. @param revokeAction where to post the id of one to revoke */
export function tokenTable(tokens: readonly StoredToken[], caption: string, revokeAction?: string): Html {
  const rows = tokens.map((token) => {
    const button =
      revokeAction === undefined
        ? undefined
        : formHtml({
            action: revokeAction,
            button: 'Revoke',
            buttonLabel: `Revoke ${token.label}`,
            fields: undefined,
            hidden: { token: token.id },
            look: 'small danger',
          });
    const ends = token.expiresMs === null ? 'never' : dayText(token.expiresMs);
    return html`<tr><td>${token.label}</td><td>${dayText(token.createdMs)}</td><td>${dayText(token.lastUsedMs)}</td><td>${ends}</td><td>${button}</td></tr>`;
  });
  return html`<div class="table-scroll"><table><caption>${caption}</caption><thead><tr><th scope="col">Label</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Ends</th><th scope="col"><span class="muted">Actions</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

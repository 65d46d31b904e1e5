import type { RolePreview, RoleTable } from '@lockstep/provider';
import { asLockstepError } from '../../admin-api/problem.ts';
import { fieldHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import { type PageVisit, textOf } from '../page-visit.ts';

const PAGE = 100;

/** Who has which roles, and would get which by a rule that is only tried. Changes nothing. */
export async function rolePreviewHtml(of: PageVisit, table: RoleTable): Promise<Html> {
  const { query } = of.visit;
  const value = textOf(query, 'value');
  const names = textOf(query, 'try').split(',');
  const roles = names.map((name) => name.trim()).filter((name) => name !== '');
  const tried = value === '' ? [] : [{ value, roles }];
  const rules = [...table.rules.filter((row) => row.value !== value), ...tried];
  const path = `/portal/${of.tenant.id}/${of.page.path}`;
  const fields = [
    fieldHtml({ name: 'value', label: 'Value in the directory', type: 'text', value, idPrefix: 'try-' }),
    fieldHtml({
      name: 'try',
      label: 'Would become the roles',
      type: 'text',
      value: textOf(query, 'try'),
      idPrefix: 'try-',
    }),
  ];
  const form = html`<form method="get" action="${path}"><input type="hidden" name="preview" value="1">${fields}<button type="submit" class="secondary">Show who would get what</button></form>`;
  const shown = query.get('preview') === '1' ? await listHtml(of, { ...table, rules }) : undefined;
  return html`<h3>Preview</h3><p>Try a rule before you save it; without one you see what everybody has now.</p>${form}${shown}`;
}

async function listHtml(of: PageVisit, table: RoleTable): Promise<Html> {
  try {
    const page = await of.parts.provider.admin.previewRoles(of.tenant.id, table, { limit: PAGE });
    const rows = page.items.map(rowHtml);
    if (rows.length === 0) return html`<p role="status">Nobody has a role value.</p>`;
    const more =
      page.next === undefined ? undefined : html`<p class="hint">The first ${PAGE}; the command line shows all.</p>`;
    return html`<div class="table-scroll"><table><caption>Nothing is changed by looking</caption><thead><tr><th scope="col">Account</th><th scope="col">Values</th><th scope="col">Roles now</th><th scope="col">Roles then</th><th scope="col">Values without a role</th><th scope="col">Administrator then</th></tr></thead><tbody>${rows}</tbody></table></div>${more}`;
  } catch (error) {
    const refusal = asLockstepError(error);
    if (refusal.code === 'internal') throw error;
    return html`<p class="error" role="alert">${refusal.message}</p>`;
  }
}

function rowHtml(one: RolePreview): Html {
  const list = (names: readonly string[]): string => names.join(', ') || 'none';
  const admin = one.administratesAfter ? 'yes' : one.administratesBefore ? 'no more' : '';
  return html`<tr><th scope="row">${one.userName}</th><td>${list(one.values)}</td><td>${list(one.before)}</td><td>${list(one.after)}</td><td>${list(one.unknown)}</td><td>${admin}</td></tr>`;
}

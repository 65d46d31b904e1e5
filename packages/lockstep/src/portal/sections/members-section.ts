import type { AccountView } from '@lockstep/provider';
import { LockstepError } from '../../lockstep-error.ts';
import { fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import {
  actionPath,
  FormError,
  noteDeed,
  type PageVisit,
  type SectionHandler,
  type SectionOf,
  type SectionResult,
  textOf,
} from '../page-visit.ts';
import { memberCard } from './member-card.ts';
import { changesOf, memberFields } from './member-fields.ts';

type Members = SectionOf<'members'>;

const PAGE = 50;

/** Accounts with roles and state. */
export const membersSection: SectionHandler<Members> = {
  draw: async (of, section, result) => {
    const { query } = of.visit;
    const accountId = result.given?.get('account') ?? query.get('account') ?? '';
    const one = accountId === '' ? undefined : await of.parts.provider.admin.account(of.tenant.id, accountId);
    if (one !== undefined) return memberCard(of, one);
    const search = query.get('search') ?? '';
    const after = query.get('after');
    const page = await of.parts.provider.admin.accounts(of.tenant.id, {
      limit: PAGE,
      search,
      ...(after === null ? {} : { after }),
    });
    const isFirst = after === null && search === '';
    return html`<p>${section.text}</p>${searchForm(of, search)}
${listHtml(of, { items: page.items, total: page.total, isFirst })}
${page.next === undefined ? undefined : moreLink(of, search, page.next)}
${addForm(of, section, result)}`;
  },
  actions: {
    add: async (of, _section, form) => {
      const fields = memberFields(of.profile);
      if (textOf(form, 'userName') === '') throw new FormError('User name is needed.', 'userName');
      const resource = changesOf(fields, {}, form);
      const made = await of.parts.provider.admin.addLocalAccount(of.tenant.id, {
        resource: { ...resource, active: true },
      });
      await noteDeed(of, `account ${textOf(form, 'userName')} added (${made.id})`);
      return { done: 'added' };
    },
    edit: async (of, _section, form) => {
      const account = await requireAccount(of, form);
      const changes = changesOf(memberFields(of.profile), account.resource, form);
      await of.parts.provider.admin.editAccount(of.tenant.id, account.id, changes);
      await noteDeed(of, `account ${account.userName} edited: ${Object.keys(changes).join(', ') || 'nothing'}`);
      return { done: 'saved', query: `account=${account.id}` };
    },
    roles: async (of, _section, form) => {
      const account = await requireAccount(of, form);
      const roles = form.getAll('role').map((value) => ({ value }));
      const value = roles.length === 0 ? null : roles;
      await of.parts.provider.admin.editAccount(of.tenant.id, account.id, { roles: value });
      await noteDeed(of, `roles of ${account.userName}: ${form.getAll('role').join(', ') || 'none'}`);
      return { done: 'saved', query: `account=${account.id}` };
    },
    active: async (of, _section, form) => {
      const account = await requireAccount(of, form);
      const active = textOf(form, 'to') === 'on';
      await of.parts.provider.admin.editAccount(of.tenant.id, account.id, { active });
      await noteDeed(of, `account ${account.userName} ${active ? 'activated' : 'deactivated'}`);
      return { done: 'saved', query: `account=${account.id}` };
    },
    administrator: async (of, _section, form) => {
      const account = await requireAccount(of, form);
      const isOne = textOf(form, 'to') === 'on';
      await of.parts.provider.admin.setAdministrator(of.tenant.id, account.id, isOne);
      await noteDeed(of, `account ${account.userName} ${isOne ? 'made administrator' : 'administrates no more'}`);
      return { done: 'saved', query: `account=${account.id}` };
    },
    remove: async (of, _section, form) => {
      const account = await requireAccount(of, form);
      await of.parts.provider.admin.removeAccount(of.tenant.id, account.id);
      await noteDeed(of, `account ${account.userName} removed`);
      return { done: 'removed' };
    },
  },
};

async function requireAccount(of: PageVisit, form: URLSearchParams): Promise<AccountView> {
  const account = await of.parts.provider.admin.account(of.tenant.id, textOf(form, 'account'));
  if (account === undefined) throw new LockstepError('notFound', 'there is no such account any more');
  return account;
}

function pathOf({ tenant, page }: PageVisit): string {
  return `/portal/${tenant.id}/${page.path}`;
}

function searchForm(of: PageVisit, search: string): Html {
  const field = fieldHtml({ name: 'search', label: 'User name begins with', type: 'text', value: search });
  return html`<form method="get" action="${pathOf(of)}" role="search">${field}<button type="submit" class="secondary">Search</button></form>`;
}

function moreLink(of: PageVisit, search: string, next: string): Html {
  const query = new URLSearchParams({ ...(search === '' ? {} : { search }), after: next });
  return html`<p><a class="button secondary" href="${pathOf(of)}?${query.toString()}">More</a></p>`;
}

interface List {
  readonly items: readonly AccountView[];
  readonly total: number;
  readonly isFirst: boolean;
}

function listHtml(of: PageVisit, { items, total, isFirst }: List): Html {
  const hasRoles = of.profile.roles.kind !== 'none';
  const fixed = isFirst ? of.profile.fixedAccounts.map((name) => fixedRow(name, hasRoles)) : [];
  const titles = of.tenant.settings.roleTitles ?? {};
  const rows = items.map((one) => {
    const href = `${pathOf(of)}?account=${encodeURIComponent(one.id)}`;
    const roles = hasRoles ? html`<td>${one.roles.map((role) => titles[role] ?? role).join(', ')}</td>` : undefined;
    const name = one.userName === '' ? one.id : one.userName;
    return html`<tr><th scope="row"><a href="${href}">${name}</a></th><td>${stateBadge(one)}</td><td>${one.isLed ? 'Directory' : 'This app'}</td>${roles}<td>${one.isAdministrator ? 'Administrator' : ''}</td></tr>`;
  });
  const roles = hasRoles ? html`<th scope="col">Roles</th>` : undefined;
  return html`<div class="table-scroll"><table><caption>${total} in all${fixed.length > 0 ? `, beside the fixed ${of.profile.fixedAccounts.join(', ')}` : ''}</caption><thead><tr><th scope="col">User name</th><th scope="col">State</th><th scope="col">Led by</th>${roles}<th scope="col">Rights</th></tr></thead><tbody>${fixed}${rows}</tbody></table></div>`;
}

function fixedRow(name: string, hasRoles: boolean): Html {
  const roles = hasRoles ? html`<td></td>` : undefined;
  return html`<tr><th scope="row">${name}</th><td><span class="badge success">Fixed</span></td><td>This app</td>${roles}<td>All rights</td></tr>`;
}

function stateBadge({ isActive }: AccountView): Html {
  return isActive ? html`<span class="badge success">Active</span>` : html`<span class="badge warning">Inactive</span>`;
}

function addForm(of: PageVisit, section: Members, { problem, given }: SectionResult): Html {
  const fields = memberFields(of.profile).map((field) =>
    fieldHtml(
      {
        name: field.name,
        label: field.label,
        type: 'text',
        idPrefix: 'new-',
        isRequired: field.name === 'userName',
        value: given?.get(field.name) ?? '',
        autocomplete: 'off',
      },
      problem?.field === field.name ? problem.message : undefined,
    ),
  );
  const isOpen = problem === undefined ? undefined : html` open`;
  return html`<details class="card"${isOpen}><summary>${section.addButton}</summary>${formHtml({ action: actionPath(of, section.kind, 'add'), button: section.addButton, fields })}</details>`;
}

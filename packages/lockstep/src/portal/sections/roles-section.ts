import type { RoleTable } from '@lockstep/provider';
import { fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import {
  actionPath,
  FormError,
  noteDeed,
  type PageVisit,
  type SectionHandler,
  type SectionOf,
  textOf,
} from '../page-visit.ts';
import { rolePreviewHtml } from './role-preview.ts';

type Roles = SectionOf<'roles'>;
type Change = (table: RoleTable, form: URLSearchParams) => RoleTable;

/** Roles, their titles and the rule table. */
export const rolesSection: SectionHandler<Roles> = {
  draw: async (of, section) => {
    const table = await of.parts.provider.admin.roleTable(of.tenant.id);
    return html`<p>${section.text}</p>${rolesHtml(of, table)}${addForm(of)}
<h3>Rules</h3><p>A rule says which roles a value of the directory becomes. Without one a value stands for the role of its name.</p>
${rulesHtml(of, table)}${await rolePreviewHtml(of, table)}`;
  },
  actions: {
    role: save('role changed', changeRole),
    add: save('role added', ({ roles, rules }, form) => {
      const name = textOf(form, 'name');
      if (roles.some((role) => role.name === name))
        throw new FormError(`There is a role ${JSON.stringify(name)} already.`);
      const title = textOf(form, 'title');
      const isAdministrator = form.get('isAdministrator') === 'on';
      return { roles: [...roles, { name, isAdministrator, ...(title === '' ? {} : { title }) }], rules };
    }),
    remove: save('role removed', ({ roles, rules }, form) => {
      const name = textOf(form, 'role');
      const left = rules.map((row) => ({ ...row, roles: row.roles.filter((one) => one !== name) }));
      return { roles: roles.filter((role) => role.name !== name), rules: left.filter((row) => row.roles.length > 0) };
    }),
    rule: save('role rule saved', ({ roles, rules }, form) => {
      const value = textOf(form, 'value');
      return { roles, rules: [...rules.filter((row) => row.value !== value), { value, roles: namesOf(form) }] };
    }),
    unrule: save('role rule removed', ({ roles, rules }, form) => ({
      roles,
      rules: rules.filter((row) => row.value !== textOf(form, 'value')),
    })),
  },
};

/** Names that are separated by commas. */
export function namesOf(form: URLSearchParams): readonly string[] {
  const names = textOf(form, 'roles').split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

function save(deed: string, change: Change): SectionHandler<Roles>['actions'][string] {
  return async (of, _section, form) => {
    const { admin } = of.parts.provider;
    await admin.saveRoles(of.tenant.id, change(await admin.roleTable(of.tenant.id), form));
    await noteDeed(of, `${deed}: ${textOf(form, 'role') || textOf(form, 'name') || textOf(form, 'value')}`);
    return { done: 'saved' };
  };
}

/** A new name goes into the rules that lead to the role, too. */
function changeRole({ roles, rules }: RoleTable, form: URLSearchParams): RoleTable {
  const [before, title] = [textOf(form, 'role'), textOf(form, 'title')];
  const name = textOf(form, 'name') || before;
  const isAdministrator = form.get('isAdministrator') === 'on';
  const changed = { name, isAdministrator, ...(title === '' ? {} : { title }) };
  return {
    roles: roles.map((role) => (role.name === before ? changed : role)),
    rules: rules.map((row) => ({ ...row, roles: row.roles.map((one) => (one === before ? name : one)) })),
  };
}

function rolesHtml(of: PageVisit, { roles }: RoleTable): Html {
  if (roles.length === 0) return html`<p class="muted">Nothing is said about any role yet.</p>`;
  return html`<ul>${roles.map((role, at) => roleHtml(of, role, `role-${at}-`))}</ul>`;
}

function roleHtml(of: PageVisit, role: RoleTable['roles'][number], idPrefix: string): Html {
  const isListed = of.profile.roles.kind === 'listed';
  const fields = [
    ...(isListed
      ? [
          fieldHtml({
            name: 'name',
            label: 'Name',
            type: 'text',
            value: role.name,
            isRequired: true,
            idPrefix,
            hint: 'The value in the directory must equal it. Whoever has the old value loses the role until the directory sends the new one.',
          }),
        ]
      : []),
    fieldHtml({
      name: 'title',
      label: 'Display name',
      type: 'text',
      value: role.title ?? '',
      idPrefix,
      hint: 'What people see; empty = the name.',
    }),
    fieldHtml({
      name: 'isAdministrator',
      label: 'Holders administrate this app',
      type: 'checkbox',
      value: role.isAdministrator ? 'on' : '',
      idPrefix,
    }),
  ];
  const hidden = { role: role.name };
  const edit = formHtml({
    action: actionPath(of, 'roles', 'role'),
    button: 'Save',
    buttonLabel: `Save ${role.name}`,
    fields,
    hidden,
    look: 'secondary',
  });
  const remove = formHtml({
    action: actionPath(of, 'roles', 'remove'),
    button: 'Remove',
    buttonLabel: `Remove ${role.name}`,
    fields: undefined,
    hidden,
    look: 'small danger',
  });
  const admin = role.isAdministrator ? html` <span class="badge warning">Administrator</span>` : undefined;
  return html`<li class="card"><h3>${role.title ?? role.name}${admin}</h3><p class="hint">Value in the directory: <code>${role.name}</code></p><details><summary>Edit</summary>${edit}${remove}</details></li>`;
}

function addForm(of: PageVisit): Html {
  const fields = [
    fieldHtml({ name: 'name', label: 'Name', type: 'text', isRequired: true, idPrefix: 'new-role-' }),
    fieldHtml({ name: 'title', label: 'Display name', type: 'text', idPrefix: 'new-role-' }),
    fieldHtml({
      name: 'isAdministrator',
      label: 'Holders administrate this app',
      type: 'checkbox',
      idPrefix: 'new-role-',
    }),
  ];
  const form = formHtml({ action: actionPath(of, 'roles', 'add'), button: 'Add role', fields });
  return html`<details class="card"><summary>Add a role</summary>${form}</details>`;
}

function rulesHtml(of: PageVisit, { rules }: RoleTable): Html {
  const rows = rules.map((row) => {
    const remove = formHtml({
      action: actionPath(of, 'roles', 'unrule'),
      button: 'Remove',
      buttonLabel: `Remove the rule for ${row.value}`,
      fields: undefined,
      hidden: { value: row.value },
      look: 'small danger',
    });
    return html`<tr><th scope="row">${row.value}</th><td>${row.roles.join(', ') || 'no role'}</td><td>${remove}</td></tr>`;
  });
  const table =
    rows.length === 0
      ? html`<p class="muted">There is no rule.</p>`
      : html`<div class="table-scroll"><table><thead><tr><th scope="col">Value in the directory</th><th scope="col">Becomes</th><th scope="col">Actions</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const fields = [
    fieldHtml({ name: 'value', label: 'Value in the directory', type: 'text', isRequired: true, idPrefix: 'rule-' }),
    fieldHtml({ name: 'roles', label: 'Roles, separated by commas', type: 'text', idPrefix: 'rule-' }),
  ];
  return html`${table}${formHtml({ action: actionPath(of, 'roles', 'rule'), button: 'Save rule', fields, look: 'secondary' })}`;
}

import type { AccountView } from '@lockstep/provider';
import { fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import { actionPath, type PageVisit } from '../page-visit.ts';
import { memberFields } from './member-fields.ts';

/** One account: what the directory leads is shown and cannot be edited. */
export async function memberCard(of: PageVisit, account: AccountView): Promise<Html> {
  const led = account.isLed
    ? html`<p class="notice">The directory leads this account: what it sends is shown here and changed there.</p>`
    : undefined;
  const back = `/portal/${of.tenant.id}/${of.page.path}`;
  return html`<p><a href="${back}">All of them</a></p><h3>${account.userName}</h3>${led}
${factsHtml(account)}
${profileForm(of, account)}
${await rolesForm(of, account)}
<h3>More</h3><div class="actions">${activeForm(of, account)}${administratorForm(of, account)}${removeForm(of, account)}</div>`;
}

function factsHtml(account: AccountView): Html {
  const unknown =
    account.unknownRoles.length === 0
      ? undefined
      : html`<dt>Role values without a role</dt><dd>${account.unknownRoles.join(', ')}</dd>`;
  return html`<dl class="facts"><dt>State</dt><dd>${account.isActive ? 'Active' : 'Inactive'}</dd><dt>Led by</dt><dd>${account.isLed ? 'Directory' : 'This app'}</dd><dt>Roles</dt><dd>${account.roles.join(', ') || 'none'}</dd>${unknown}<dt>Id</dt><dd>${account.id}</dd></dl>`;
}

function profileForm(of: PageVisit, account: AccountView): Html {
  const fields = memberFields(of.profile).map((field) =>
    fieldHtml({
      name: field.name,
      label: field.label,
      type: 'text',
      value: field.read(account.resource),
      isReadOnly: account.isLed,
      autocomplete: 'off',
    }),
  );
  if (account.isLed) return html`<h3>Profile</h3><form>${fields}</form>`;
  return html`<h3>Profile</h3>${formHtml({ action: actionPath(of, 'members', 'edit'), button: 'Save', fields, hidden: { account: account.id } })}`;
}

async function rolesForm(of: PageVisit, account: AccountView): Promise<Html | undefined> {
  if (of.profile.roles.kind !== 'listed' || account.isLed) return undefined;
  const { roles } = await of.parts.provider.admin.roleTable(of.tenant.id);
  const boxes = roles.map(
    ({ name, title }) =>
      html`<label class="check"><input type="checkbox" name="role" value="${name}"${account.roles.includes(name) ? html` checked` : undefined}> ${title ?? name}</label>`,
  );
  const fields = html`<fieldset><legend>Roles</legend>${boxes}</fieldset>`;
  return formHtml({
    action: actionPath(of, 'members', 'roles'),
    button: 'Save roles',
    fields,
    hidden: { account: account.id },
  });
}

function activeForm(of: PageVisit, account: AccountView): Html | undefined {
  if (account.isLed) return undefined;
  return formHtml({
    action: actionPath(of, 'members', 'active'),
    button: account.isActive ? 'Deactivate' : 'Activate',
    fields: undefined,
    hidden: { account: account.id, to: account.isActive ? 'off' : 'on' },
    look: 'secondary',
  });
}

function administratorForm(of: PageVisit, account: AccountView): Html {
  const isNamed = account.isNamedAdministrator;
  return formHtml({
    action: actionPath(of, 'members', 'administrator'),
    button: isNamed ? 'Take administration rights away' : 'Give administration rights',
    fields: undefined,
    hidden: { account: account.id, to: isNamed ? 'off' : 'on' },
    look: 'secondary',
  });
}

function removeForm(of: PageVisit, account: AccountView): Html | undefined {
  if (account.isLed && account.isActive) return undefined;
  return formHtml({
    action: actionPath(of, 'members', 'remove'),
    button: 'Remove',
    buttonLabel: `Remove ${account.userName}`,
    fields: undefined,
    hidden: { account: account.id },
    look: 'danger',
  });
}

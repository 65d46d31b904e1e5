import type { StoredPortalAdmin, StoredSetupLink } from '@lockstep/store';
import { LockstepError } from '../../lockstep-error.ts';
import { fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import {
  actionPath,
  dayText,
  noteDeed,
  type PageVisit,
  type SectionHandler,
  type SectionOf,
  textOf,
} from '../page-visit.ts';

type Administrators = SectionOf<'administrators'>;

const SETUP_HOURS = '72';

/** Who administrates with a name and a password, and the links by which somebody else sets the connection up. */
export const administratorsSection: SectionHandler<Administrators> = {
  draw: async (of, section) => {
    const { entry } = of.parts.sso;
    const [admins, links] = await Promise.all([entry.admins.list(of.tenant.id), entry.setupLinks.list(of.tenant.id)]);
    const name = fieldHtml({ name: 'name', label: 'Name', type: 'text', isRequired: true, autocomplete: 'off' });
    return html`<p>${section.text}</p>${adminTable(of, admins)}
<h3>Add an administrator</h3>${formHtml({ action: actionPath(of, section.kind, 'add'), button: 'Add', fields: name })}
<h3>Setup links</h3><p>By such a link somebody without an account, such as the directory's administrator, sets the connection up: they see the Tenant URL, make the token, enter the values of single sign-on and test it. It can be opened once.</p>
${linkTable(of, links)}${setupForm(of)}`;
  },
  actions: {
    add: async (of, _section, form) => {
      const made = await of.parts.sso.entry.admins.add(of.tenant.id, textOf(form, 'name'));
      await noteDeed(of, `administrator ${textOf(form, 'name')} added (${made.id})`);
      return { shown: passwordLink(made.url) };
    },
    link: async (of, _section, form) => {
      const id = textOf(form, 'admin');
      const url = await of.parts.sso.entry.admins.link(of.tenant.id, id);
      await noteDeed(of, `link to choose a password made (${id})`);
      return { shown: passwordLink(url) };
    },
    remove: async (of, _section, form) => {
      const id = textOf(form, 'admin');
      if (!(await of.parts.sso.entry.admins.remove(of.tenant.id, id)))
        throw new LockstepError('notFound', 'gone already');
      await noteDeed(of, `administrator removed (${id})`);
      return { done: 'removed' };
    },
    setup: async (of, _section, form) => {
      const asked = { label: textOf(form, 'label'), hours: Number(textOf(form, 'hours')), createdBy: of.entrant.name };
      const { link, url } = await of.parts.sso.entry.setupLinks.make(of.tenant.id, asked);
      await noteDeed(of, `setup link made (${link.id}) for ${link.label}`);
      const hint = `Good once, until ${dayText(link.expiresMs)}. Send it by a safe way: whoever opens it may make a token.`;
      return { shown: { label: 'Setup link', text: url, hint } };
    },
    revoke: async (of, _section, form) => {
      const id = textOf(form, 'link');
      if (!(await of.parts.sso.entry.setupLinks.revoke(of.tenant.id, id))) {
        throw new LockstepError('notFound', 'there is no such link, or it was revoked before');
      }
      await noteDeed(of, `setup link revoked (${id})`);
      return { done: 'revoked' };
    },
  },
};

function passwordLink(text: string): { readonly label: string; readonly text: string; readonly hint: string } {
  return { label: 'Link to choose a password', text, hint: 'Good once, for 24 hours. Send it by a safe way.' };
}

function adminTable(of: PageVisit, admins: readonly StoredPortalAdmin[]): Html {
  if (admins.length === 0) return html`<p class="muted">There is none yet.</p>`;
  const rows = admins.map((admin) => {
    const hidden = { admin: admin.id };
    const link = formHtml({
      action: actionPath(of, 'administrators', 'link'),
      button: 'New password link',
      buttonLabel: `New password link for ${admin.name}`,
      fields: undefined,
      hidden,
      look: 'small secondary',
    });
    const remove = formHtml({
      action: actionPath(of, 'administrators', 'remove'),
      button: 'Remove',
      buttonLabel: `Remove ${admin.name}`,
      fields: undefined,
      hidden,
      look: 'small danger',
    });
    const state = admin.password === null ? 'no password yet' : `password of ${dayText(admin.passwordMs)}`;
    return html`<tr><th scope="row">${admin.name}</th><td>${state}</td><td><div class="actions">${link}${remove}</div></td></tr>`;
  });
  return html`<div class="table-scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Password</th><th scope="col">Actions</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function linkTable(of: PageVisit, links: readonly StoredSetupLink[]): Html | undefined {
  if (links.length === 0) return undefined;
  const now = of.parts.clock.nowMs();
  const rows = links.map((link) => {
    const isLive = link.revokedMs === null && link.expiresMs > now;
    const opened = link.openedMs === null ? 'not opened' : `opened ${dayText(link.openedMs)}`;
    const state = link.revokedMs !== null ? 'revoked' : isLive ? opened : `${opened}, ended`;
    const revoke = isLive
      ? formHtml({
          action: actionPath(of, 'administrators', 'revoke'),
          button: 'Revoke',
          buttonLabel: `Revoke the link for ${link.label}`,
          fields: undefined,
          hidden: { link: link.id },
          look: 'small danger',
        })
      : undefined;
    return html`<tr><th scope="row">${link.label}</th><td>${state}</td><td>${dayText(link.expiresMs)}</td><td>${revoke}</td></tr>`;
  });
  return html`<div class="table-scroll"><table><thead><tr><th scope="col">For</th><th scope="col">State</th><th scope="col">Ends</th><th scope="col">Actions</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function setupForm(of: PageVisit): Html {
  const fields = [
    fieldHtml({ name: 'label', label: 'Whom the link is for', type: 'text', isRequired: true }),
    fieldHtml({
      name: 'hours',
      label: 'Good for so many hours',
      type: 'text',
      value: SETUP_HOURS,
      isRequired: true,
      hint: '1 to 720.',
    }),
  ];
  return formHtml({
    action: actionPath(of, 'administrators', 'setup'),
    button: 'Make a setup link',
    fields,
    look: 'secondary',
  });
}

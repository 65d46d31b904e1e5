import type { StoredToken, TenantSource } from '@lockstep/provider';
import { LockstepError } from '../../lockstep-error.ts';
import { fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import {
  actionPath,
  dayText,
  FormError,
  noteDeed,
  type PageVisit,
  type SectionHandler,
  type SectionOf,
  type SectionResult,
  textOf,
} from '../page-visit.ts';
import { addSource, changeSource, issueSourceToken, removeSource } from '../tenant-sources.ts';
import { livingTokens } from './token-list.ts';

type Sources = SectionOf<'sources'>;

/** Directories that may write: a list with a title, an address rule and a token each. */
export const sourcesSection: SectionHandler<Sources> = {
  draw: async (of, section, result) => {
    const tokens = await livingTokens(of);
    const sources = of.tenant.settings.sources ?? [];
    const cards = sources.map((source) => sourceHtml(of, section, { source, tokens }));
    const list = sources.length === 0 ? html`<p class="muted">There is none yet.</p>` : html`<ul>${cards}</ul>`;
    return html`<p>${section.text}</p>${list}${addHtml(of, section, result)}`;
  },
  actions: {
    add: async (of, _section, form) => {
      const source = await addSource(of.parts, of.tenant.id, readSource(form));
      await noteDeed(of, `source ${source.title} added (${source.id})`);
      return { done: 'added' };
    },
    edit: async (of, _section, form) => {
      const source = await changeSource(of.parts, of.tenant.id, { id: textOf(form, 'source'), ...readSource(form) });
      await noteDeed(of, `source ${source.title} changed (${source.id})`);
      return { done: 'saved' };
    },
    remove: async (of, _section, form) => {
      const id = textOf(form, 'source');
      if (!(await removeSource(of.parts, of.tenant.id, id))) throw new LockstepError('notFound', 'it is gone already');
      await noteDeed(of, `source ${id} removed with its token`);
      return { done: 'removed' };
    },
    token: async (of, section, form) => {
      const made = await issueSourceToken(of.parts, of.tenant.id, textOf(form, 'source'));
      await noteDeed(of, `${section.tokenButton} made (token ${made.id})`);
      return { shown: { label: section.tokenButton, text: made.text, hint: 'Copy it now: it is never shown again.' } };
    },
  },
};

function readSource(form: URLSearchParams): Omit<TenantSource, 'id'> {
  const title = textOf(form, 'title');
  if (title === '') throw new FormError('Give it a title.', 'title');
  const allowedAddresses = textOf(form, 'addresses')
    .split(/[\s,;]+/)
    .filter((one) => one !== '');
  return { title, allowedAddresses };
}

function addHtml(of: PageVisit, section: Sources, { problem, given }: SectionResult): Html {
  const errorOf = (name: string): string | undefined => (problem?.field === name ? problem.message : undefined);
  const fields = [
    fieldHtml(
      { name: 'title', label: section.titleLabel, type: 'text', isRequired: true, value: given?.get('title') ?? '' },
      errorOf('title'),
    ),
    fieldHtml(
      {
        name: 'addresses',
        label: section.addressLabel,
        type: 'text',
        hint: 'Optional: addresses or ranges such as 192.0.2.0/24, separated by commas. Empty lets every address in.',
        value: given?.get('addresses') ?? '',
      },
      errorOf('addresses'),
    ),
  ];
  return html`<h3>${section.addTitle}</h3>${formHtml({ action: actionPath(of, section.kind, 'add'), button: section.addButton, fields })}`;
}

interface OneSource {
  readonly source: TenantSource;
  readonly tokens: readonly StoredToken[];
}

function sourceHtml(of: PageVisit, section: Sources, { source, tokens }: OneSource): Html {
  const token = tokens.find((one) => one.holder === `source:${source.id}`);
  const hidden = { source: source.id };
  const addresses = source.allowedAddresses.length === 0 ? 'every address' : source.allowedAddresses.join(', ');
  const state =
    token === undefined ? 'none' : `made ${dayText(token.createdMs)}, last used ${dayText(token.lastUsedMs)}`;
  const idPrefix = `${source.id}-`;
  const edit = [
    fieldHtml({
      name: 'title',
      label: section.titleLabel,
      type: 'text',
      isRequired: true,
      value: source.title,
      idPrefix,
    }),
    fieldHtml({
      name: 'addresses',
      label: section.addressLabel,
      type: 'text',
      value: source.allowedAddresses.join(', '),
      idPrefix,
    }),
  ];
  return html`<li class="card"><h3>${source.title}</h3>
<dl class="facts"><dt>${section.addressLabel}</dt><dd>${addresses}</dd><dt>${section.tokenButton}</dt><dd>${state}</dd></dl>
<div class="actions">${formHtml({
    action: actionPath(of, section.kind, 'token'),
    button: section.tokenButton,
    buttonLabel: `${section.tokenButton} of ${source.title}`,
    fields: token === undefined ? undefined : html`<p class="hint">The token it has stops working at once.</p>`,
    hidden,
  })}${formHtml({
    action: actionPath(of, section.kind, 'remove'),
    button: 'Remove',
    buttonLabel: `Remove ${source.title}`,
    fields: undefined,
    hidden,
    look: 'danger',
  })}</div>
<details><summary>Change title or addresses</summary>${formHtml({
    action: actionPath(of, section.kind, 'edit'),
    button: 'Save',
    buttonLabel: `Save ${source.title}`,
    fields: edit,
    hidden,
    look: 'secondary',
  })}</details></li>`;
}

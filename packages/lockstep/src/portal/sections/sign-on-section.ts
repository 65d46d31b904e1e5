import type { ConnectionField, SignOnForm } from '@lockstep/gallery';
import type { StoredConnection } from '@lockstep/store';
import { LockstepError } from '../../lockstep-error.ts';
import { copyHtml, type Field, fieldHtml, formHtml } from '../form.ts';
import { type Html, html } from '../html.ts';
import {
  actionPath,
  dayText,
  FormError,
  noteDeed,
  type PageVisit,
  requireAdministrator,
  type SectionHandler,
  type SectionOf,
  type SectionResult,
  textOf,
} from '../page-visit.ts';
import { readSignOn, shownValue } from './sign-on-values.ts';
import { livingTokens } from './token-list.ts';

type SignOn = SectionOf<'signOn'>;

const SOON_MS = 30 * 86_400_000;
const STATES = {
  off: ['danger', 'Off'],
  test: ['warning', 'Being tested'],
  enforced: ['success', 'Enforced'],
} as const;

/** Single sign-on: values, test sign-in, activation. */
export const signOnSection: SectionHandler<SignOn> = {
  draw: async (of, section, result) => {
    const known = await of.parts.sso.connections.find(of.tenant.id);
    const forms = section.protocols.map((form) => formOf(of, section, { form, known, result }));
    return html`<p>${section.text}</p>${standingHtml(of, known)}${forms}${stateForms(of, section, known)}`;
  },
  actions: {
    save: async (of, section, typed) => {
      await requireAccessKey(of);
      const form = section.protocols.find((one) => one.protocol === textOf(typed, 'protocol'));
      if (form === undefined) throw new FormError('Choose one of the ways to sign in.');
      const { connections } = of.parts.sso;
      const { attributes } = of.profile.users;
      const linksByEmail = attributes !== 'all' && !attributes.includes('externalId');
      const saved = await connections.save(
        of.tenant.id,
        readSignOn({ form, linksByEmail }, typed, await connections.find(of.tenant.id)),
      );
      // Saved values are there to be tried.
      if (saved.state === 'off') await connections.setState(of.tenant.id, 'test');
      await noteDeed(of, `single sign-on set up (${form.protocol})`);
      return { done: 'saved' };
    },
    test: async (of) => {
      const text = await of.parts.sso.testLink(of.tenant.id);
      await noteDeed(of, 'link for a test sign-in made');
      const hint = 'Good once and for an hour. It signs nobody in: it tells which account and roles it would be.';
      return { shown: { label: 'Test sign-in', text, hint, isLink: true } };
    },
    state: async (of, _section, form) => {
      requireAdministrator(of);
      const state = textOf(form, 'to');
      if (state !== 'off' && state !== 'test' && state !== 'enforced')
        throw new FormError('Say off, test or enforced.');
      await of.parts.sso.connections.setState(of.tenant.id, state);
      await noteDeed(of, `single sign-on: ${state}`);
      return { done: state === 'enforced' ? 'activated' : 'saved' };
    },
  },
};

/** Where the page says that the access key must be set, nothing is saved without one. */
async function requireAccessKey(of: PageVisit): Promise<void> {
  const key = of.page.sections.find((one) => one.kind === 'accessKey');
  if (key?.isMandatory !== true || (await livingTokens(of)).length > 0) return;
  throw new LockstepError('invalidValue', `${key.label} must be set: choose ${key.button} first.`);
}

function standingHtml(of: PageVisit, known: StoredConnection | undefined): Html {
  if (known === undefined) return html`<p>Single sign-on: <span class="badge warning">Not set up</span></p>`;
  const [look, word] = STATES[known.state];
  const tested =
    known.testedMs === null
      ? 'No test sign-in has succeeded with these values yet.'
      : `Tested ${dayText(known.testedMs)}.`;
  return html`<p>Single sign-on: <span class="badge ${look}">${word}</span> ${tested}</p>${expiryHtml(of, known)}`;
}

function expiryHtml(of: PageVisit, known: StoredConnection): Html | undefined {
  if (known.secretExpiresMs === null) return undefined;
  const leftMs = known.secretExpiresMs - of.parts.clock.nowMs();
  if (leftMs > SOON_MS) return undefined;
  const day = dayText(known.secretExpiresMs);
  const text =
    leftMs <= 0
      ? `The client secret has expired (${day}): nobody can sign in with it.`
      : `The client secret expires ${day}. Make a new one in the directory and save it here before.`;
  return html`<p class="notice warning" role="status">${text}</p>`;
}

interface OneForm {
  readonly form: SignOnForm;
  readonly known: StoredConnection | undefined;
  readonly result: SectionResult;
}

function formOf(of: PageVisit, section: SignOn, { form, known, result }: OneForm): Html {
  const typed = result.given?.get('protocol') === form.protocol ? result.given : undefined;
  const problem = typed === undefined ? undefined : result.problem;
  const idPrefix = `${form.protocol}-`;
  const fields = form.fields.map((field) =>
    field.direction === 'out'
      ? copyHtml(field.label, outValue(of, field.id), field.hint)
      : inputHtml({ field, form, known, idPrefix, typed, problem }),
  );
  const body = formHtml({
    action: actionPath(of, section.kind, 'save'),
    button: section.saveButton,
    buttonLabel: `${section.saveButton}: ${form.title}`,
    fields,
    hidden: { protocol: form.protocol },
  });
  if (section.protocols.length === 1) return body;
  const isOpen = typed !== undefined || known?.protocol === form.protocol;
  return html`<details class="card"${isOpen ? html` open` : undefined}><summary><strong>${form.title}</strong></summary>${body}</details>`;
}

interface Input {
  readonly field: ConnectionField;
  readonly form: SignOnForm;
  readonly known: StoredConnection | undefined;
  readonly idPrefix: string;
  readonly typed: URLSearchParams | undefined;
  readonly problem: SectionResult['problem'];
}

function inputHtml(input: Input): Html {
  const { field, form, known, idPrefix, typed, problem } = input;
  const isKept = field.secret && known?.protocol === form.protocol && known.secret !== null;
  const hint = isKept ? `${field.hint} One is set; leave this empty to keep it.` : field.hint;
  const stored = (): string => shownValue(form, field.id, known);
  const value = field.secret ? '' : typed === undefined ? stored() : (typed.get(field.id) ?? '');
  const shared = { name: field.id, label: field.label, hint, idPrefix, value, autocomplete: 'off' } as const;
  const error = problem?.field === field.id ? problem.message : undefined;
  const shown = fieldHtml({ ...shared, type: inputType(field), isRequired: field.required && !isKept }, error);
  return field.expires ? html`${shown}${expiryInput(input)}` : shown;
}

function inputType(field: ConnectionField): Field['type'] {
  if (field.isSwitch === true) return 'checkbox';
  if (field.multiline === true) return 'textarea';
  return field.secret ? 'password' : 'text';
}

function expiryInput({ field, known, idPrefix, typed, problem }: Input): Html {
  const endsMs = known?.secretExpiresMs ?? null;
  const day = typed?.get('secretExpires') ?? (endsMs === null ? '' : new Date(endsMs).toISOString().slice(0, 10));
  const hint = 'You are warned by mail 30, 7 and 1 days before.';
  const error = problem?.field === 'secretExpires' ? problem.message : undefined;
  const label = `${field.label}: expires on`;
  return fieldHtml({ name: 'secretExpires', label, type: 'date', hint, idPrefix, value: day }, error);
}

function outValue({ parts, tenant }: PageVisit, id: ConnectionField['id']): string {
  const base = `${parts.publicUrl()}/portal/${tenant.id}`;
  const values: Partial<Record<ConnectionField['id'], string>> = {
    redirectUrl: `${base}/oidc/callback`,
    tenantId: tenant.id,
    entityId: `${base}/saml/metadata`,
    acsUrl: `${base}/saml/acs`,
    metadataUrl: `${base}/saml/metadata`,
  };
  return values[id] ?? '';
}

function stateForms(of: PageVisit, section: SignOn, known: StoredConnection | undefined): Html | undefined {
  if (known === undefined) return undefined;
  const state = actionPath(of, section.kind, 'state');
  const test =
    known.state === 'off'
      ? undefined
      : formHtml({
          action: actionPath(of, section.kind, 'test'),
          button: 'Test sign-in',
          fields: undefined,
          look: 'secondary',
        });
  if (of.entrant.kind !== 'administrator') return html`<h3>Test</h3><div class="actions">${test}</div>`;
  const isTested = known.testedRevision === known.revision;
  const enforce =
    known.state === 'enforced' || !isTested
      ? undefined
      : formHtml({ action: state, button: section.activateButton, fields: undefined, hidden: { to: 'enforced' } });
  const off =
    known.state === 'off'
      ? formHtml({
          action: state,
          button: 'Switch on for testing',
          fields: undefined,
          hidden: { to: 'test' },
          look: 'secondary',
        })
      : formHtml({ action: state, button: 'Switch off', fields: undefined, hidden: { to: 'off' }, look: 'danger' });
  const advice = isTested
    ? undefined
    : html`<p class="hint">${section.activateButton} appears after a test sign-in that succeeded.</p>`;
  return html`<h3>Test and activate</h3>${advice}<div class="actions">${test}${enforce}${off}</div>`;
}

import type { LocalField } from '@lockstep/gallery';
import { type Field, fieldHtml, formHtml } from '../form.ts';
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

type Local = SectionOf<'localSettings' | 'ownSettings'>;

/** Settings of the tenant that no directory touches. */
export const localSettingsSection: SectionHandler<SectionOf<'localSettings'>> = localSection(() => '');

/** Settings of whoever is signed in. */
export const ownSettingsSection: SectionHandler<SectionOf<'ownSettings'>> = localSection(({ entrant }) =>
  entrant.kind === 'member' ? entrant.account.id : entrant.holder,
);

function localSection<S extends Local>(ownerOf: (of: PageVisit) => string): SectionHandler<S> {
  return {
    draw: async (of, section, result) => {
      const values = await of.parts.store.portal.localValues(of.tenant.id, ownerOf(of));
      const fields = section.fields.map((field) => inputHtml(field, values, result));
      const action = actionPath(of, section.kind, 'save');
      return html`<p>${section.text}</p>${formHtml({ action, button: 'Save', fields })}`;
    },
    actions: {
      save: async (of, section, form) => {
        const values = Object.fromEntries(section.fields.map((field) => [field.id, readField(field, form)]));
        await of.parts.store.portal.saveLocalValues(of.tenant.id, ownerOf(of), values);
        await noteDeed(of, `${section.title} saved`);
        return { done: 'saved' };
      },
    },
  };
}

function inputHtml(
  field: LocalField,
  values: Readonly<Record<string, string>>,
  { problem, given }: SectionResult,
): Html {
  const { input } = field;
  const fallback = input.kind === 'switch' ? (input.default ? 'on' : 'off') : '';
  const value = given?.get(field.id) ?? values[field.id] ?? fallback;
  const shared = { name: field.id, label: field.label, value, hint: field.hint };
  const shown: Field =
    input.kind === 'choice'
      ? { ...shared, type: 'select', options: input.options }
      : { ...shared, type: input.kind === 'switch' ? 'checkbox' : 'text' };
  return fieldHtml(shown, problem?.field === field.id ? problem.message : undefined);
}

function readField({ id, input, label }: LocalField, form: URLSearchParams): string {
  const value = textOf(form, id);
  if (input.kind === 'switch') return value === 'on' ? 'on' : 'off';
  if (input.kind === 'text') {
    if (value.length > input.lengthMax) throw new FormError(`${label}: at most ${input.lengthMax} characters.`, id);
    return value;
  }
  if (!input.options.some(([one]) => one === value)) throw new FormError(`${label}: choose one of the list.`, id);
  return value;
}

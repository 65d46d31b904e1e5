import { type Html, type HtmlPart, html } from './html.ts';

/** One field of a form. */
export interface Field {
  /** Unique on its page: the label, the hint and the error are tied to it. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'date' | 'email' | 'textarea' | 'checkbox' | 'select';
  readonly hint?: string | undefined;
  readonly autocomplete?: string;
  readonly value?: string | undefined;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  readonly options?: readonly (readonly [value: string, label: string])[];
  /** Where several forms of a page have a field of this name: makes the id unique. */
  readonly idPrefix?: string;
}

/** A field with its label and hint; the error is tied to it, so that it is read out with it. */
export function fieldHtml(field: Field, error?: string): Html {
  const id = `${field.idPrefix ?? ''}${field.name}`;
  const told = [
    ...(field.hint === undefined || field.hint === '' ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ];
  const described = told.length === 0 ? undefined : html` aria-describedby="${told.join(' ')}"`;
  const hint = told.includes(`${id}-hint`) ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : undefined;
  const shown = error === undefined ? undefined : html`<p class="error" id="${id}-error" role="alert">${error}</p>`;
  const attributes = html` id="${id}" name="${field.name}"${described}${error === undefined ? undefined : html` aria-invalid="true"`}${field.isRequired === true ? html` required` : undefined}${field.isReadOnly === true ? html` readonly` : undefined}${field.autocomplete === undefined ? undefined : html` autocomplete="${field.autocomplete}"`}`;
  if (field.type === 'checkbox') {
    const checked = field.value === 'on' ? html` checked` : undefined;
    return html`<label class="check" for="${id}"><input type="checkbox" value="on"${attributes}${checked}> ${field.label}</label>${hint}${shown}`;
  }
  return html`<label for="${id}">${field.label}</label>${hint}
${controlHtml(field, attributes)}${shown}`;
}

function controlHtml(field: Field, attributes: Html): Html {
  const { type, value = '', options = [] } = field;
  if (type === 'textarea') return html`<textarea${attributes}>${value}</textarea>`;
  if (type === 'select') {
    const choices = options.map(
      ([one, label]) => html`<option value="${one}"${one === value ? html` selected` : undefined}>${label}</option>`,
    );
    return html`<select${attributes}>${choices}</select>`;
  }
  const shown = value === '' ? undefined : html` value="${value}"`;
  return html`<input type="${type}"${attributes}${shown}>`;
}

export interface FormOptions {
  readonly action: string;
  readonly button: string;
  readonly fields: HtmlPart;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly look?: 'secondary' | 'danger' | 'small' | 'small danger' | 'small secondary';
  /** Said instead of the button's words alone, where several buttons have the same. */
  readonly buttonLabel?: string;
}

/** A form that posts to this server. */
export function formHtml({ action, button, fields, hidden = {}, look, buttonLabel }: FormOptions): Html {
  const kept = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const named = buttonLabel === undefined ? undefined : html` aria-label="${buttonLabel}"`;
  return html`<form method="post" action="${action}">
${kept}${fields}
<button type="submit"${look === undefined ? undefined : html` class="${look}"`}${named}>${button}</button>
</form>`;
}

/** A text that is to be copied out, under its name. */
export function copyHtml(label: string, text: string, hint?: string): Html {
  return html`<p class="label">${label}</p>${hint === undefined || hint === '' ? undefined : html`<p class="hint">${hint}</p>`}<p class="copy">${text}</p>`;
}

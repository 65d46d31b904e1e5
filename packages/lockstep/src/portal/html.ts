/** HTML in which every text was made safe. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template: texts are escaped, HTML is taken as it is, nothing is left out. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** Text made safe to stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** A template of HTML. Attributes are to be quoted; each value put in is escaped, unless it is HTML itself. */
export function html(words: readonly string[], ...parts: readonly HtmlPart[]): Html {
  return { html: words.map((word, at) => (at === 0 ? word : `${textOf(parts[at - 1])}${word}`)).join('') };
}

function textOf(part: HtmlPart): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(textOf).join('');
}

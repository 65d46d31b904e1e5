import type { MailContent } from '@lockstep/store';

/** A mail as it is sent. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Makes one mail of one event, or of several that wait for the same digest. Everything in the HTML is escaped. */
export function renderMail(contents: readonly MailContent[]): RenderedMail {
  const [first] = contents;
  const subject = contents.length === 1 && first !== undefined ? first.subject : `${contents.length} events`;
  const text = contents.map((one) => textOf(one, contents.length > 1)).join(`\n${'-'.repeat(60)}\n\n`);
  const body = contents.map((one) => htmlOf(one, contents.length > 1)).join('<hr>');
  return {
    subject: oneLine(`[Lockstep] ${subject}`),
    text,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif">${body}</body></html>`,
  };
}

function textOf({ subject, paragraphs, facts, link }: MailContent, isTitled: boolean): string {
  const lines = [
    ...(isTitled ? [subject, ''] : []),
    ...paragraphs.flatMap((one) => [one, '']),
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(facts.length === 0 ? [] : ['']),
    ...(link === undefined ? [] : [link, '']),
  ];
  return lines.join('\n');
}

function htmlOf({ subject, paragraphs, facts, link }: MailContent, isTitled: boolean): string {
  const rows = facts.map(([name, value]) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(value)}</td></tr>`);
  return [
    isTitled ? `<h2>${escapeHtml(subject)}</h2>` : '',
    ...paragraphs.map((one) => `<p>${escapeHtml(one)}</p>`),
    rows.length === 0 ? '' : `<table>${rows.join('')}</table>`,
    link === undefined ? '' : `<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`,
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

/** A subject with a line break would be a header more. */
function oneLine(text: string): string {
  // Control characters are what is to be taken out.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the point
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 200);
}

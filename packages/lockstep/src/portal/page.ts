import { hash } from 'node:crypto';

/** Text made safe to stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}
label{display:block;margin-top:1rem;font-weight:600}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid;border-radius:.25rem}
button,.button{font:inherit;display:inline-block;margin-top:1rem;padding:.5rem 1rem;border:1px solid;border-radius:.25rem}
[role=alert]{border-left:.25rem solid #b00020;padding-left:.75rem}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}`;

/** One page, without scripts. */
export interface Page {
  readonly title: string;
  /** HTML; every text in it went through `escapeHtml`. */
  readonly main: string;
  /** Default 200. */
  readonly status?: number;
  readonly cookies?: readonly string[];
}

const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Answers with a page. */
export function pageAnswer({ title, main, status = 200, cookies = [] }: Page): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Lockstep</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
  const headers = new Headers({ ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(html, { status, headers });
}

/** Sends the browser on with a GET. */
export function redirectAnswer(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...HEADERS, location });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** A page that says what went wrong. */
export function refusalPage(title: string, message: string, status = 403): Response {
  return pageAnswer({ title, main: `<p role="alert">${escapeHtml(message)}</p>`, status });
}

/** One field of a form with its label and, when there is one, its error. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autocomplete: string;
  readonly hint?: string;
}

/** A field; the error is tied to it, so that it is read out with it. */
export function fieldHtml(field: Field, error?: string): string {
  const { name, label, type, autocomplete, hint } = field;
  const told = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`].filter(
    (id) => id !== '',
  );
  const described = told.length === 0 ? '' : ` aria-describedby="${told.join(' ')}"`;
  const invalid = error === undefined ? '' : ' aria-invalid="true"';
  const hintHtml = hint === undefined ? '' : `<p id="${name}-hint">${escapeHtml(hint)}</p>`;
  const errorHtml = error === undefined ? '' : `<p id="${name}-error" role="alert">${escapeHtml(error)}</p>`;
  return `<label for="${name}">${escapeHtml(label)}</label>${hintHtml}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required${described}${invalid}>${errorHtml}`;
}

/** A form that posts to this server. */
export function formHtml(options: FormOptions): string {
  const hidden = Object.entries(options.hidden ?? {}).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(options.action)}">
${[...hidden, ...options.fields].join('\n')}
<button type="submit">${escapeHtml(options.button)}</button>
</form>`;
}

export interface FormOptions {
  readonly action: string;
  readonly button: string;
  readonly fields: readonly string[];
  readonly hidden?: Readonly<Record<string, string>>;
}

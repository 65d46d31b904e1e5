import { hash } from 'node:crypto';
import { type Html, html } from './html.ts';
import { PORTAL_CSS } from './portal.css.ts';

/** One page, without scripts. */
export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Default 200. */
  readonly status?: number;
  readonly cookies?: readonly string[];
  /** Of a page that has a menu; a page without one is a single narrow column. */
  readonly frame?: PageFrame;
}

/** What stands around a page of a tenant. */
export interface PageFrame {
  readonly siteTitle: string;
  readonly menu: readonly MenuEntry[];
  /** Who is signed in, with the way out. */
  readonly user: Html;
  /** Where the page is in the app's own menu. */
  readonly trail: readonly string[];
  readonly tabs: readonly MenuEntry[];
}

/** One entry of a menu. */
export interface MenuEntry {
  readonly href: string;
  readonly label: string;
  readonly isCurrent: boolean;
}

const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', PORTAL_CSS, 'base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Answers with a page. */
export function pageAnswer({ title, main, status = 200, cookies = [], frame }: Page): Response {
  const site = frame?.siteTitle ?? 'Lockstep';
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${site}</title>
<style>${{ html: PORTAL_CSS }}</style>
</head>
<body>
<a class="skip-link" href="#main">Skip to the content</a>
${frame === undefined ? undefined : headerHtml(frame)}
<main id="main"${frame === undefined ? html` class="narrow"` : undefined}>
${frame === undefined || frame.trail.length === 0 ? undefined : trailHtml(frame.trail)}
<h1>${title}</h1>
${frame === undefined || frame.tabs.length < 2 ? undefined : menuHtml(frame.tabs, { name: 'tabs', label: 'Tabs' })}
${main}
</main>
</body>
</html>
`;
  const headers = new Headers({ ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(text.html, { status, headers });
}

function headerHtml({ siteTitle, menu, user }: PageFrame): Html {
  return html`<header class="site-header"><div class="site-header-inner">
<span class="site-title">${siteTitle}</span>
${menuHtml(menu, { name: 'site-nav', label: 'Pages' })}
<div class="site-user">${user}</div>
</div></header>`;
}

function menuHtml(
  entries: readonly MenuEntry[],
  { name, label }: { readonly name: string; readonly label: string },
): Html {
  const items = entries.map(({ href, label: text, isCurrent }) => {
    const current = isCurrent ? html` aria-current="page"` : undefined;
    return html`<li><a href="${href}"${current}>${text}</a></li>`;
  });
  return html`<nav class="${name}" aria-label="${label}"><ul>${items}</ul></nav>`;
}

function trailHtml(trail: readonly string[]): Html {
  return html`<div class="trail"><ol aria-label="Where this page is">${trail.map((word) => html`<li>${word}</li>`)}</ol></div>`;
}

/** Sends the browser on with a GET. */
export function redirectAnswer(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...HEADERS, location });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** A page that says what went wrong. */
export function refusalPage(title: string, message: string, status = 403): Response {
  return pageAnswer({ title, main: html`<p class="notice danger" role="alert">${message}</p>`, status });
}

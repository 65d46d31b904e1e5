import type { PortalPage, PortalSection } from '@lockstep/gallery';
import { asLockstepError } from '../admin-api/problem.ts';
import { LockstepError } from '../lockstep-error.ts';
import { formHtml } from './form.ts';
import { type Html, html } from './html.ts';
import { type MenuEntry, type PageFrame, pageAnswer, redirectAnswer, refusalPage } from './page.ts';
import {
  type ActionOutcome,
  type DoneWord,
  type EnteredVisit,
  FormError,
  type PageVisit,
  type SectionResult,
} from './page-visit.ts';
import { handlerOf } from './sections/section-handlers.ts';

const LOOSE = 'The form was not sent by a page of this server.';
const DONE: Readonly<Record<DoneWord, string>> = {
  saved: 'Saved.',
  added: 'Added.',
  removed: 'Removed.',
  revoked: 'Revoked.',
  switched: 'Switched.',
  activated: 'Activated: from now on signing in is possible only with the directory.',
};

/** Pages of an app that somebody may see. */
export function pagesFor({ profile, entrant }: EnteredVisit): readonly PortalPage[] {
  return profile.portal.filter((page) => maySee(entrant.kind, page));
}

function maySee(kind: EnteredVisit['entrant']['kind'], { audience }: PortalPage): boolean {
  if (kind === 'administrator') return true;
  return audience === (kind === 'setup' ? 'setup' : 'member');
}

/** What stands around the pages of a tenant. */
export function frameOf(of: EnteredVisit, current: PortalPage | undefined): PageFrame {
  const { tenant, entrant, profile } = of;
  const pages = pagesFor(of);
  const base = `/portal/${tenant.id}`;
  const entry = (page: PortalPage, label: string): MenuEntry => ({
    href: `${base}/${page.path}`,
    label,
    isCurrent: page.path === current?.path,
  });
  // Pages that are tabs of one another stand in the menu once.
  const isFirstTab = (page: PortalPage, at: number): boolean =>
    page.tab === undefined || pages.findIndex((one) => one.tab !== undefined && sameTrail(one, page)) === at;
  const menu = pages.filter(isFirstTab).map((page) => {
    const isCurrent =
      current !== undefined && (page.path === current.path || (page.tab !== undefined && sameTrail(page, current)));
    return { ...entry(page, page.title), isCurrent };
  });
  const tabs =
    current?.tab === undefined ? [] : pages.filter((page) => page.tab !== undefined && sameTrail(page, current));
  const out = formHtml({ action: `${base}/sign-out`, button: 'Sign out', fields: undefined, look: 'small secondary' });
  return {
    siteTitle: `${profile.title}: ${tenant.title}`,
    menu: [{ href: base, label: 'Overview', isCurrent: current === undefined }, ...menu],
    user: html`<span>${entrant.name}</span>${out}`,
    trail: current?.trail ?? [],
    tabs: tabs.map((page) => entry(page, page.tab ?? page.title)),
  };
}

function sameTrail(one: PortalPage, other: PortalPage): boolean {
  return one.trail.join('>') === other.trail.join('>');
}

/** Draws a page; `undefined` when there is none of that name for this visitor. */
export async function appPage(of: EnteredVisit, path: string): Promise<Response | undefined> {
  const page = pagesFor(of).find((one) => one.path === path);
  if (page === undefined) return undefined;
  return draw({ ...of, page }, {});
}

/** Does what a form asks; `undefined` when no page of this visitor has such a form. */
export async function appAction(
  of: EnteredVisit,
  asked: { readonly path: string; readonly kind: string; readonly verb: string },
): Promise<Response | undefined> {
  const page = pagesFor(of).find((one) => one.path === asked.path);
  const section = page?.sections.find((one) => one.kind === asked.kind);
  if (page === undefined || section === undefined) return undefined;
  const { actions } = handlerOf(section);
  const action = Object.hasOwn(actions, asked.verb) ? actions[asked.verb] : undefined;
  if (action === undefined) return undefined;
  if (!of.visit.isOwn) return refusalPage(page.title, LOOSE);
  const visit: PageVisit = { ...of, page };
  const form = await of.visit.form();
  try {
    return await afterAction(visit, section, await action(visit, section, form));
  } catch (error) {
    return draw(visit, { kind: section.kind, result: { problem: problemOf(error), given: form } });
  }
}

function afterAction(visit: PageVisit, section: PortalSection, outcome: ActionOutcome): Promise<Response> | Response {
  if ('shown' in outcome) return draw(visit, { kind: section.kind, result: { shown: outcome.shown } });
  const query = outcome.query === undefined ? '' : `&${outcome.query}`;
  return redirectAnswer(`/portal/${visit.tenant.id}/${visit.page.path}?done=${outcome.done}${query}`);
}

function problemOf(error: unknown): NonNullable<SectionResult['problem']> {
  const refusal = asLockstepError(error);
  if (refusal.code === 'internal') throw error;
  const hint = refusal.hint === undefined ? '' : ` ${refusal.hint}`;
  const text = `${refusal.message}${hint}`;
  return { message: text, ...(error instanceof FormError ? { field: error.field } : fieldNamed(error)) };
}

/** Refusals of settings begin with the name of the place. */
function fieldNamed(error: unknown): { readonly field?: string } {
  const place = error instanceof LockstepError ? error.issues[0]?.place : undefined;
  return place === undefined || place === '' ? {} : { field: place.split('.')[0] ?? place };
}

interface Drawing {
  readonly kind?: PortalSection['kind'];
  readonly result?: SectionResult;
}

async function draw(of: PageVisit, { kind, result }: Drawing): Promise<Response> {
  // A form may have changed the tenant.
  const tenant = (await of.parts.store.tenants.findTenant(of.tenant.id)) ?? of.tenant;
  const visit = { ...of, tenant };
  const cards: Html[] = [];
  for (const section of of.page.sections) {
    const body = await handlerOf(section).draw(visit, section, section.kind === kind ? (result ?? {}) : {});
    const id = `section-${section.kind}`;
    cards.push(
      html`<section class="card" aria-labelledby="${id}"><h2 id="${id}">${section.title}</h2>${problemHtml(body, section.kind === kind ? result : undefined)}${body}</section>`,
    );
  }
  const main = html`${doneHtml(of)}${shownHtml(result?.shown)}${cards}`;
  const status = result?.problem === undefined ? 200 : 422;
  return pageAnswer({ title: of.page.title, main, frame: frameOf(visit, of.page), status });
}

/** A problem that stands beside no field stands at the head of its section. */
function problemHtml(body: Html, result: SectionResult | undefined): Html | undefined {
  const { problem } = result ?? {};
  if (problem === undefined || body.html.includes('role="alert"')) return undefined;
  return html`<p class="error" role="alert">${problem.message}</p>`;
}

function doneHtml({ visit }: PageVisit): Html | undefined {
  const word = visit.query.get('done') ?? '';
  const isKnown = (text: string): text is DoneWord => Object.hasOwn(DONE, text);
  return isKnown(word) && visit.method === 'GET'
    ? html`<p class="notice success" role="status">${DONE[word]}</p>`
    : undefined;
}

function shownHtml(shown: SectionResult['shown']): Html | undefined {
  if (shown === undefined) return undefined;
  const text =
    shown.isLink === true
      ? html`<p><a class="button" href="${shown.text}">${shown.label}</a></p>`
      : html`<p class="copy" id="shown-once">${shown.text}</p>`;
  return html`<div class="notice success" role="status"><p><strong>${shown.label}</strong></p>${text}<p class="hint">${shown.hint}</p></div>`;
}

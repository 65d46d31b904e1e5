import { scimUrl } from '../server/scim-url.ts';
import { frameOf, pagesFor } from './app-page.ts';
import { type Html, html } from './html.ts';
import { pageAnswer } from './page.ts';
import { dayText, type EnteredVisit } from './page-visit.ts';
import { livingTokens } from './sections/token-list.ts';

/** The first page of somebody who is in: how the connection stands, and the steps of the guide. */
export async function overviewPage(of: EnteredVisit): Promise<Response> {
  const { tenant, profile, entrant } = of;
  const title = entrant.kind === 'setup' ? `Set up ${profile.title}` : 'Overview';
  const main = entrant.kind === 'member' ? memberHtml(of) : html`${await standingHtml(of)}${stepsHtml(of)}`;
  const answer = pageAnswer({ title, main, frame: frameOf({ ...of, tenant }, undefined) });
  return answer;
}

function memberHtml({ entrant, profile }: EnteredVisit): Html {
  if (entrant.kind !== 'member') return html``;
  const { account, session } = entrant;
  const roles = [...new Set([...session.roles, ...account.roles])].join(', ') || 'none';
  return html`<section class="card"><p>You are in ${profile.title} as ${account.userName}.</p><p>You are signed in (${session.method}). Roles from the directory: ${roles}.</p></section>`;
}

async function standingHtml(of: EnteredVisit): Promise<Html> {
  const { parts, tenant, profile } = of;
  const [tokens, connection] = await Promise.all([livingTokens(of), parts.sso.connections.find(tenant.id)]);
  const used = tokens.map((one) => one.lastUsedMs ?? 0).toSorted((a, b) => b - a)[0] ?? 0;
  const rows: readonly (readonly [string, string])[] = [
    ['Tenant URL', scimUrl(parts.publicUrl(), tenant)],
    [
      profile.token.label,
      tokens.length === 0 ? 'none yet' : `${tokens.length} set, last used ${dayText(used === 0 ? null : used)}`,
    ],
    ['Provisioning', tenant.settings.provisioning === 'off' ? 'off' : 'on'],
    ['Single sign-on', connection === undefined ? 'not set up' : `${connection.protocol}, ${connection.state}`],
    ['Addresses that may call', tenant.allowedAddresses.length === 0 ? 'all' : tenant.allowedAddresses.join(', ')],
  ];
  const facts = rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<section class="card" aria-labelledby="standing"><h2 id="standing">How it stands</h2><dl class="facts">${facts}</dl></section>`;
}

function stepsHtml(of: EnteredVisit): Html {
  const steps = of.profile.setupGuide.map((step) => html`<li><strong>${step.title}.</strong> ${step.text}</li>`);
  const links = pagesFor(of).map(
    (page) =>
      html`<li><a href="/portal/${of.tenant.id}/${page.path}">${[...page.trail, ...(page.tab === undefined ? [] : [page.tab])].join(' > ')}</a></li>`,
  );
  return html`<section class="card" aria-labelledby="steps"><h2 id="steps">Steps</h2><ol>${steps}</ol><h3>Where to do them</h3><ul>${links}</ul></section>`;
}

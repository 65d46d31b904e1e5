import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { type OpenConsole, openConsole, until, watchedPage } from '../browser/open-console.ts';

const SCIM_MEDIA_TYPE = 'application/scim+json';

/** Somebody with a guide in one hand and a browser in front: one window on the console, one on the app's own pages. */
export interface BrowserGuide {
  readonly open: OpenConsole;
  /** The console. */
  readonly page: Page;
  /** Makes the app's tenant without a token, and opens its pages as an administrator of that name with a password. */
  openApp(app: WantedApp): Promise<OpenedApp>;
  /** Makes the app from the gallery and fills in its connection: refused with a wrong token, then tested and saved. */
  connect(app: Connection): Promise<void>;
  /** Opens a tab of the app. */
  tab(name: string): Promise<void>;
  /** Assigns one person, with a role where the app has them, and provisions them on demand: the guide starts small. */
  provisionOne(person: string, role?: string): Promise<void>;
  /** Assigns people from a list, switches the app on, and waits until a cycle has ended well and the log tells of it. */
  startForAll(names: readonly string[], app: string): Promise<void>;
  /** What went wrong in scripts of the console, or was refused by its content-security policy. */
  faults(): readonly string[];
}

export interface WantedApp {
  readonly profile: string;
  readonly title: string;
  readonly admin: string;
  readonly provisioning?: 'on' | 'off';
}

export interface OpenedApp {
  readonly id: string;
  readonly scimUrl: string;
  readonly portal: string;
  /** The app's pages, its administrator signed in. */
  readonly page: Page;
  goTo(path: string): Promise<void>;
  /** Comes in by the operator's link. */
  enterByLink(): Promise<void>;
  /** Accounts, read over SCIM. */
  accounts(token: string): Promise<readonly Account[]>;
}

/** An account as SCIM answers it; members are read as unknown. */
export type Account = Readonly<Record<string, unknown>>;

export interface Connection {
  /** The card in the gallery. */
  readonly card: string;
  readonly name: string;
  readonly tenantUrl: string;
  readonly token: string;
  /** What the app's guide says when the connection fails. */
  readonly hint?: RegExp;
}

/** What the browser says of a refusal that the guide makes on purpose. */
const EXPECTED = /400|401|403|422/;

/** Starts a server with people in its directory, and signs its owner in. @param people of a CSV file */
export async function openBrowserGuide(t: TestContext, people: string): Promise<BrowserGuide> {
  const open = await openConsole();
  t.after(() => open.close());
  await open.signInAsOwner();
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/import`);
  await page.getByLabel('Or its text').fill(people);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'See the people' }).waitFor();
  return {
    open,
    page,
    openApp: (app) => openApp(open, app),
    connect: (app) => connect(page, open.url, app),
    tab: (name) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click(),
    provisionOne: (person, role) => provisionOne(page, person, role),
    startForAll: (names, app) => startForAll(open, page, names, app),
    faults: () => faults.filter((fault) => !EXPECTED.test(fault)),
  };
}

async function openApp(open: OpenConsole, { admin, ...body }: WantedApp): Promise<OpenedApp> {
  const provider = await open.api('/providers', { method: 'POST', body });
  const [id, scimUrl] = [String(provider['id']), String(provider['scimUrl'])];
  // The token that comes with a tenant is taken back: the guide makes one at its own place.
  const tokens = await open.api(`/providers/${id}/tokens`);
  for (const token of tokens['items'] as readonly { readonly id: string }[]) {
    await open.api(`/providers/${id}/tokens/${token.id}`, { method: 'DELETE' });
  }
  const { link } = await open.api(`/providers/${id}/portal/administrators`, { method: 'POST', body: { name: admin } });
  const context = await open.browser.newContext();
  const { page } = await watchedPage(context);
  await page.goto(String(link));
  await page.getByLabel('Password').fill(open.password);
  await page.getByRole('button').click();
  await page.waitForLoadState();
  const portal = `${open.url}/portal/${id}`;
  return {
    id,
    scimUrl,
    portal,
    page,
    goTo: async (path) => {
      await page.goto(`${portal}/${path}`);
    },
    enterByLink: async () => {
      const made = await open.api(`/providers/${id}/portal/link`, { method: 'POST', body: {} });
      await page.goto(String(made['link']));
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.waitForLoadState();
    },
    accounts: async (token) => {
      const headers = { authorization: `Bearer ${token}`, accept: SCIM_MEDIA_TYPE };
      const answer = await fetch(`${scimUrl.replace(/\/$/, '')}/Users`, { headers });
      assert.equal(answer.status, 200, await answer.clone().text());
      const { Resources = [] } = (await answer.json()) as { readonly Resources?: readonly Account[] };
      return Resources;
    },
  };
}

async function connect(page: Page, url: string, { card, name, tenantUrl, token, hint }: Connection): Promise<void> {
  await page.goto(`${url}/gallery`);
  await page.getByRole('button', { name: `Create ${card}` }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Tenant URL').fill(tenantUrl);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('heading', { name: 'Admin credentials' }).waitFor();
  await page.getByLabel('Secret token').fill('lks_wrong');
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await page.getByText('The connection does not work').waitFor();
  if (hint !== undefined) await page.getByText(hint).first().waitFor();
  await page.getByLabel('Secret token').fill(token);
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await page.getByText('The app answered as a SCIM service should.').waitFor();
  await page.getByLabel('Addresses').fill('ops@x.example');
  await page.getByLabel('Also when a cycle fails').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The connection is saved.').waitFor();
}

async function provisionOne(page: Page, person: string, role: string | undefined): Promise<void> {
  const parts = page.getByRole('navigation');
  await parts.getByRole('link', { name: 'Assignments', exact: true }).click();
  await page.getByRole('button', { name: 'Assign', exact: true }).first().click();
  const dialog = page.getByRole('dialog').filter({ hasText: 'Whom' });
  await dialog.getByRole('combobox', { name: 'Person' }).fill(person);
  await page.getByRole('option', { name: person }).click();
  if (role !== undefined) await dialog.getByLabel(role).check();
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('table').getByText(person).waitFor();
  await parts.getByRole('link', { name: 'Provision on demand', exact: true }).click();
  await page.getByRole('combobox', { name: 'Person' }).fill(person);
  await page.getByRole('option', { name: person }).click();
  await page.getByRole('button', { name: 'Provision', exact: true }).click();
  await page.getByText('This was carried out.').waitFor();
}

async function startForAll(open: OpenConsole, page: Page, names: readonly string[], app: string): Promise<void> {
  const parts = page.getByRole('navigation');
  await parts.getByRole('link', { name: 'Assignments', exact: true }).click();
  await page.getByRole('button', { name: 'Assign', exact: true }).first().click();
  await page.getByLabel('Whom').selectOption('Many people, from a list');
  await page.getByRole('textbox', { name: 'People' }).fill(names.join('\n'));
  const dialog = page.getByRole('dialog').filter({ hasText: 'Whom' });
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await parts.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.getByRole('button', { name: 'Start provisioning' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await until(async () => {
    const { lastCycle } = await open.api(`/apps/${encodeURIComponent(app)}/status`);
    // The status of an app that has run holds its last cycle.
    return (lastCycle as { readonly state?: string } | undefined)?.state === 'succeeded';
  }, `a cycle of ${app}`);
  await page.getByRole('cell', { name: 'Initial cycle' }).waitFor();
  await parts.getByRole('link', { name: 'Logs', exact: true }).click();
  await page.getByRole('heading', { name: 'Provisioning logs' }).waitFor();
  await page.getByRole('table').getByRole('button').first().waitFor();
}

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { profiles } from '@lockstep/gallery';
import type { Page } from 'playwright-core';
import { CLIENT_SECRET, OID, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { type OpenConsole, openConsole } from './browser/open-console.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

const APPS = ['zenya', 'zero', 'ziflow', 'zenvoices'] as const;
type App = (typeof APPS)[number];

let open: OpenConsole;

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
});

after(() => open?.close());

const make = async (profile: App): Promise<string> =>
  String((await open.api('/providers', { method: 'POST', body: { profile, title: `Tenant of ${profile}` } }))['id']);

const post = (path: string, body: object = {}) => open.api(path, { method: 'POST', body });

/** Comes in by the operator's link, as an administrator. */
async function enter(page: Page, id: string): Promise<void> {
  await page.goto(String((await post(`/providers/${id}/portal/link`))['link']));
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}

/** What is folded up is looked at, too. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
}

function screensOf(profile: App, id: string): readonly Screen[] {
  const paths = profiles[profile].portal.map(({ path }) => `/portal/${id}/${path}`);
  return [`/portal/${id}`, ...paths].map((path): Screen => [path, /./]);
}

describe('the own pages of the apps, in light and in dark', () => {
  for (const profile of APPS) {
    it(`of ${profile}, before anything is set up, have no WCAG 2.2 AA violation and no error`, async () => {
      const id = await make(profile);
      await walkScreens(open, screensOf(profile, id), { prepare: (page) => enter(page, id), look: unfold });
    });

    it(`of ${profile}, with everything in them, have none either`, async () => {
      const id = await make(profile);
      await fill(profile, id);
      await walkScreens(open, screensOf(profile, id), { prepare: (page) => enter(page, id), look: unfold });
    });

    it(`of ${profile} that a setup link opens have none either`, async () => {
      const id = await make(profile);
      const { link } = await post(`/providers/${id}/setup-links`, { label: 'IT of a customer' });
      const shown = profiles[profile].portal.filter(({ audience }) => audience === 'setup');
      const screens = shown.map(({ path }): Screen => [`/portal/${id}/${path}`, /./]);
      const begin: Screen = [new URL(String(link)).pathname + new URL(String(link)).search, 'Set up the connection'];
      await walkScreens(open, [begin]);
      await walkScreens(open, [[`/portal/${id}`, /Set up/], ...screens], {
        prepare: async (page) => {
          await page.goto(String(link));
          await page.getByRole('button', { name: 'Go on' }).click();
          await page.getByRole('heading', { name: /Set up/ }).waitFor();
        },
        look: unfold,
      });
    });
  }
});

const SAML = {
  protocol: 'saml',
  settings: {
    idpEntityId: 'urn:idp',
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: [`-----BEGIN CERTIFICATE-----\n${'A'.repeat(200)}\n-----END CERTIFICATE-----`],
  },
};
const OIDC = {
  protocol: 'oidc',
  settings: { issuer: 'https://idp.example/v2.0', clientId: 'c', directoryTenantId: TID },
  secret: 'a secret',
  // Soon enough for the page to warn of it.
  secretExpiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
};

/** Something in each list: accounts of all kinds, roles with rules, sources, tokens, administrators, single sign-on. */
async function fill(profile: App, id: string): Promise<void> {
  const path = `/providers/${id}`;
  for (const name of ['eva', 'finn']) {
    const userName = `${name}@x.example`;
    const emails = profile === 'zero' ? {} : { emails: [{ value: userName, type: 'work', primary: true }] };
    const roles = profile === 'zenvoices' ? { roles: [{ value: name === 'eva' ? 'Uploader' : 'Viewer' }] } : {};
    const made = await post(`${path}/accounts`, { userName, ...emails, ...roles });
    assert.ok(typeof made['id'] === 'string', JSON.stringify(made));
    if (name === 'finn')
      await open.api(`${path}/accounts/${String(made['id'])}`, { method: 'PATCH', body: { active: false } });
  }
  if (profile === 'zenvoices') {
    const roles = ['Uploader', 'Viewer'].map((name) => ({
      name,
      title: `The ${name}`,
      isAdministrator: name === 'Uploader',
    }));
    const rules = [{ value: 'Finance', roles: ['Uploader', 'Viewer'] }];
    await open.api(`${path}/roles`, { method: 'PUT', body: { roles, rules } });
  }
  if (profile === 'zenya')
    await post(`${path}/sources`, { title: 'Microsoft Entra ID', allowedAddresses: ['192.0.2.0/24'] });
  await post(`${path}/tokens`, { label: 'second', expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  await post(`${path}/portal/administrators`, { name: 'Zoe' });
  const forms = profiles[profile].portal.flatMap(({ sections }) => sections);
  const signOn = forms.find((section) => section.kind === 'signOn');
  const speaksOidc = signOn?.kind === 'signOn' && signOn.protocols.some(({ protocol }) => protocol === 'oidc');
  const saved = await open.api(`${path}/sso`, { method: 'PUT', body: speaksOidc ? OIDC : SAML });
  assert.ok(saved['protocol'] !== undefined, JSON.stringify(saved));
  await open.api(`${path}/sso/state`, { method: 'PUT', body: { state: 'test' } });
}

describe('the pages around them, in light and in dark', () => {
  /** A page that is not there, or is refused, is told by the browser as an error; that is what is looked for here. */
  const expected = /status of 4\d\d/;

  it('of those who are not in have no WCAG 2.2 AA violation and no error', async () => {
    const id = await make('zenvoices');
    const admin = await post(`/providers/${id}/portal/administrators`, { name: 'Zoe' });
    const password = new URL(String(admin['link']));
    const base = `/portal/${id}`;
    await walkScreens(
      open,
      [
        [`${base}/sign-in`, /Sign in to/],
        [`${base}/sign-in/administrator`, /./],
        [`${base}/enter?token=x`, 'Enter as administrator'],
        [`${base}/setup?token=x`, 'Set up the connection'],
        [`${base}/password?token=x`, 'Choose a password'],
        [password.pathname + password.search, 'Choose a password'],
        [`${base}/break-glass?token=x`, 'Emergency access'],
        [`${base}/sign-in/start`, 'Sign-in failed'],
        ['/portal/nobody', /./],
      ],
      { expected },
    );
  });

  it('of forms that are refused say what is wrong in a way that everybody can read', async () => {
    const id = await make('zero');
    const base = `/portal/${id}`;
    const signOn = profiles.zero.portal.find(({ sections }) => sections.some(({ kind }) => kind === 'signOn'));
    assert.ok(signOn);
    await walkScreens(open, [[`${base}/sign-in/administrator`, /./]], {
      expected,
      look: async (page) => {
        await page.getByLabel('Name').fill('nobody');
        await page.getByLabel('Password').fill('wrong password');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').first().waitFor();
      },
    });
    await walkScreens(open, [[`${base}/${signOn.path}`, /./]], {
      expected,
      prepare: (page) => enter(page, id),
      look: async (page) => {
        await unfold(page);
        await page.getByLabel('Client secret', { exact: false }).first().fill('a secret');
        const form = page.locator('form', { has: page.locator('input[name="protocol"][value="oidc"]') });
        // The browser's own check would keep the form from the server's.
        await page.evaluate('for (const one of document.forms) one.noValidate = true');
        await form.getByRole('button').click();
        await page.getByRole('alert').first().waitFor();
        await unfold(page);
      },
    });
  });

  it('of a token that is shown once, and of the preview of roles, have none', async () => {
    const zenya = await make('zenya');
    await post(`/providers/${zenya}/sources`, { title: 'Entra', allowedAddresses: [] });
    await walkScreens(open, [[`/portal/${zenya}/external-user-management`, /./]], {
      prepare: (page) => enter(page, zenya),
      look: async (page) => {
        await page.getByRole('button', { name: 'Permanent token' }).click();
        await page.locator('#shown-once').waitFor();
        await unfold(page);
      },
    });
    const zenvoices = await make('zenvoices');
    await fill('zenvoices', zenvoices);
    await walkScreens(open, [[`/portal/${zenvoices}/roles?preview=1&value=Uploader&try=Viewer`, /./]], {
      prepare: (page) => enter(page, zenvoices),
      look: async (page) => {
        await page.getByRole('row', { name: /eva@x\.example/ }).waitFor();
        await unfold(page);
      },
    });
  });

  it('of somebody who signed in with the directory have none', async (t) => {
    const id = await make('zenvoices');
    const directory = await openDirectory(t, () => `${open.url}/portal/${id}/oidc/callback`);
    const emails = [{ value: 'eva@x.example', type: 'work' }];
    await post(`/providers/${id}/accounts`, { userName: 'eva@x.example', externalId: OID, emails });
    const settings = { issuer: directory.issuer, clientId: 'lockstep', directoryTenantId: TID };
    const body = { protocol: 'oidc', settings, secret: CLIENT_SECRET };
    const path = `/providers/${id}/sso`;
    await open.api(path, { method: 'PUT', body });
    await open.api(`${path}/state`, { method: 'PUT', body: { state: 'test' } });
    const { link } = await post(`${path}/test-link`);
    await walkScreens(open, [
      [new URL(String(link)).pathname + new URL(String(link)).search, 'The test sign-in succeeded'],
    ]);
    await open.api(`${path}/state`, { method: 'PUT', body: { state: 'enforced' } });
    await walkScreens(open, [
      [`/portal/${id}/sign-in/start`, 'Overview'],
      [`/portal/${id}/my-settings`, /./],
    ]);
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type MailSink, openMailSink, SINK_PASSWORD } from '../packages/lockstep/test/mail-sink.ts';
import { CLIENT_SECRET, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { type OpenConsole, openConsole, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let sink: MailSink;
const closing: (() => Promise<void>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'lockstep-settings-'));

before(async () => {
  sink = await openMailSink({ after: (close) => closing.push(close) });
  const config = join(folder, 'mails.yaml');
  writeFileSync(config, JSON.stringify({ mailUrl: sink.url, mailTo: 'ops@x.example' }));
  open = await openConsole(['--config', config]);
  await open.signInAsOwner();
  for (const title of ['First', 'Second']) {
    const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title } });
    await open.api(`/providers/${String(made['id'])}`, { method: 'PATCH', body: { title: `${title} renamed` } });
  }
});

after(async () => {
  await open?.close();
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

const SCREENS: readonly Screen[] = [
  ['/settings', 'People'],
  ['/settings/keys', 'API keys'],
  ['/settings/audit', 'Audit log'],
  ['/settings/audit?record=1', 'person owner'],
  ['/settings/sign-in', 'Sign-in with your organization'],
  ['/settings/address', 'Base URL'],
  ['/settings/mail', 'Send a test mail'],
  ['/settings/secrets', 'What ends'],
  ['/settings/account', 'Sessions'],
  ['/settings/about', 'What is kept'],
];

/** Somebody of a role, signed in with a browser of their own. */
async function signInAs(name: string, role: string): Promise<BrowserContext> {
  const made = await open.api('/people', { method: 'POST', body: { name, role } });
  const context = await open.browser.newContext();
  const page = await context.newPage();
  await page.goto(String(made['link']));
  await page.getByLabel('Password').fill(open.password);
  await page.getByRole('button').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
  return context;
}

test('every tab of the settings has no WCAG 2.2 AA violation in light and dark, no refusal of the policy and no script error', () =>
  walkScreens(open, SCREENS));

test('the audit log is filtered by the address, and an entry opens in a drawer with what changed', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings/audit`);
  await page.getByLabel('What was asked').fill('patch');
  await page.waitForURL(/action=patch/);
  await page
    .getByRole('button', { name: /^PATCH/ })
    .first()
    .waitFor();
  await page.getByLabel('Who').fill('nobody');
  await page.getByText('Nothing fits these filters').waitFor();
  await page.goBack();
  await page
    .getByRole('button', { name: /^PATCH/ })
    .first()
    .click();
  await page.waitForURL(/record=/);
  await page.reload();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('cell', { name: 'Second', exact: true }).waitFor();
  await drawer.getByRole('cell', { name: 'Second renamed' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'POST /providers' }).first().waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('a test mail is sent from the console, and a mail server that refuses is quoted', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings/mail`);
  await page.getByText('Fixed by mails.yaml').first().waitFor();
  assert.equal(await page.getByLabel('Mail server').isDisabled(), true);
  assert.equal(await page.getByLabel('Sender').isDisabled(), false);
  await page.getByLabel('To', { exact: true }).fill('somebody@x.example');
  await page.keyboard.press('Enter');
  await page.getByText('The mail server took the mail to somebody@x.example.').waitFor();
  assert.equal(sink.mails.at(-1)?.to?.[0]?.address, 'somebody@x.example');
  sink.refuse = { code: 550, text: 'no such mailbox here' };
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/no such mailbox here/).waitFor();
  delete sink.refuse;
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('502')),
    [],
  );
  await page.close();
});

test('what ends is listed with the way to where it is made anew, and the master key is changed by a typed word', async () => {
  const { page, faults } = await watchedPage(open.context);
  const { items } = await open.api('/providers');
  const [first] = items as readonly { readonly id: string }[]; // the two that were made before
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const body = { label: 'nightly', expiresAt: soon };
  await open.api(`/providers/${first?.id}/tokens`, { method: 'POST', body });
  await page.goto(`${open.url}/settings/secrets`);
  await page.getByText('in 5 days').waitFor();
  await page.getByRole('link', { name: 'Renew Token of a provider, First renamed: nightly' }).click();
  await page.getByRole('heading', { name: 'First renamed' }).waitFor();
  await page.goBack();
  const before = await open.api('/secrets');
  await page.getByRole('button', { name: 'Change the key' }).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByRole('button', { name: 'Change the key' }).isDisabled(), true);
  await dialog.getByRole('textbox').fill('change');
  await dialog.getByRole('button', { name: 'Change the key' }).click();
  await page.getByText(/sealed anew\./).waitFor();
  await page.getByText('Kept for backups').waitFor();
  const changed = await open.api('/secrets');
  assert.deepEqual(changed['retired'], [before['keyId']]);
  assert.deepEqual(faults, []);
  await page.close();
});

test('somebody changes their password, sees their sessions, and ends one and all others', async () => {
  const context = await signInAs('Bob', 'auditor');
  const signInAgain = async (password: string): Promise<BrowserContext> => {
    const other = await open.browser.newContext();
    const page = await other.newPage();
    await page.goto(`${open.url}/sign-in`);
    await page.getByLabel('Name', { exact: true }).fill('Bob');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    return other;
  };
  const [phone, tablet] = [await signInAgain(open.password), await signInAgain(open.password)];
  const { page, faults } = await watchedPage(context);
  await page.goto(open.url);
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  const sessions = page.getByRole('table', { name: 'Sessions' }).getByRole('row');
  await page.getByText('This one').waitFor();
  assert.equal(await sessions.count(), 4);
  await page
    .getByRole('button', { name: /^End the session of/ })
    .first()
    .click();
  await page.getByText('The session has ended.').waitFor();
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByText('One session has ended.').waitFor();
  for (const other of [phone, tablet]) {
    assert.equal((await other.request.get(`${open.url}/api/v1/me`)).status(), 401);
    await other.close();
  }

  const laptop = await signInAgain(open.password);
  const next = 'quite another password';
  const change = page.getByRole('button', { name: 'Change the password' });
  await page.getByLabel('Current password').fill('not it at all');
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password once more').fill('something else');
  await page.getByText('The two are not the same.').waitFor();
  assert.equal(await change.isDisabled(), true);
  await page.getByLabel('New password once more').fill(next);
  await change.click();
  await page.getByText('the current password is wrong').waitFor();
  await page.getByLabel('Current password').fill(open.password);
  await change.click();
  await page.getByText('The password is changed, and every other session has ended.').waitFor();
  assert.equal((await laptop.request.get(`${open.url}/api/v1/me`)).status(), 401);
  await page.reload();
  await page.getByText('This one').waitFor();
  await (await signInAgain(next)).close();
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('422')),
    [],
  );
  await context.close();
  await laptop.close();
});

test('whoever may not look after people gets neither their tabs nor the places where things are kept', async () => {
  const context = await signInAs('Cas', 'administrator');
  const { page, faults } = await watchedPage(context);
  await page.goto(`${open.url}/settings`);
  await page.waitForURL(/\/settings\/account$/);
  const tabs = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  assert.deepEqual(await tabs.allInnerTexts(), ['Address', 'Mail', 'Audit log', 'Your account', 'About']);
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByText('Apache-2.0').waitFor();
  assert.equal(await page.getByText('Data folder').count(), 0);
  assert.deepEqual(faults, []);
  await page.goto(`${open.url}/settings/secrets`);
  await page.getByText('this needs the permission people').first().waitFor();
  await context.close();
});

test('signing in with the organization is set up, tested, switched on, used and switched off', async (t) => {
  const directory = await openDirectory(t, () => `${open.url}/sign-in/oidc/callback`);
  directory.person = { ...directory.person, roles: ['Lockstep.Admin'] };
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings/sign-in`);
  await page.getByText(`${open.url}/sign-in/oidc/callback`).waitFor();
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel('Issuer').fill('https://login.microsoftonline.com/common/v2.0');
  await page.getByText('The https address of one directory is needed').waitFor();
  assert.equal(await save.isDisabled(), true);
  await page.getByLabel('Issuer').fill(directory.issuer);
  await page.getByLabel('Client ID').fill('lockstep');
  await page.getByLabel('Directory tenant ID').fill(TID);
  await page.getByLabel('Client secret', { exact: true }).fill(CLIENT_SECRET);
  await page.getByLabel('Administrator').fill('Lockstep.Admin');
  await save.click();
  await page.getByText('Saved. It is off until you switch it on.').waitFor();
  await page.getByText('Not tested').waitFor();
  await page.getByText('One is stored. Empty: it stays.').waitFor();

  await page.getByRole('button', { name: 'Make a test link' }).click();
  const link = page.getByRole('link', { name: 'Open the test sign-in' });
  const [tested] = await Promise.all([open.context.waitForEvent('page'), link.click()]);
  await tested.getByText('eva@x.example, who would be administrator here').waitFor();
  assert.deepEqual(await violations(tested), []);
  await tested.close();
  await page.reload();
  await page.getByText('A test sign-in went well:').waitFor();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('People can sign in with the directory now.').waitFor();
  assert.deepEqual(await violations(page), []);

  const eva = await open.browser.newContext();
  const other = await eva.newPage();
  await other.goto(`${open.url}/sign-in`);
  await other.getByRole('link', { name: 'Sign in with your organization' }).click();
  await other.getByRole('heading', { name: 'Home' }).waitFor();
  await other.goto(`${open.url}/settings/account`);
  await other.getByText('You sign in with your organization, so there is no password here.').waitFor();
  assert.deepEqual(await violations(other), []);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Signing in with the directory is off.').waitFor();
  assert.equal((await eva.request.get(`${open.url}/api/v1/me`)).status(), 401);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('It is removed.').waitFor();
  assert.equal(await page.getByLabel('Issuer').inputValue(), '');
  assert.deepEqual(faults, []);
  await eva.close();
  await page.close();
});

test('the base URL is changed at once, with a warning where nobody could sign in', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings/address`);
  const field = page.getByRole('textbox', { name: 'Base URL' });
  await field.fill('ftp://x');
  await page.getByText('An http or https address without query').waitFor();
  await field.fill('http://lockstep.example.com');
  await page.getByText('Nobody can sign in over this address').waitFor();
  await field.fill('https://lockstep.example.com');
  await page.getByText('You are here by another address').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The base URL is saved and holds at once.').waitFor();
  await page.getByText('https://lockstep.example.com/sign-in/oidc/callback').waitFor();
  const { link } = await open.api('/people', { method: 'POST', body: { name: 'Dirk', role: 'auditor' } });
  assert.match(String(link), /^https:\/\/lockstep\.example\.com\/first-run/);
  await field.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${open.url}/sign-in/oidc/callback`).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('a mail server is set in the console where nothing fixes it, and mails go out by it without a restart', async () => {
  const own = await openConsole();
  try {
    await own.signInAsOwner();
    const { page, faults } = await watchedPage(own.context);
    await page.goto(`${own.url}/settings/mail`);
    await page.getByText('No mail is sent').first().waitFor();
    const save = page.getByRole('button', { name: 'Save' });
    await page.getByLabel('Mail server').fill('mail.example.com');
    await page.getByLabel('Connection').selectOption('STARTTLS when the server offers it');
    await page.getByLabel('Signs in as').fill('me');
    await page.getByText('A password needs TLS or STARTTLS.').waitFor();
    await page.getByText('Give the password for this server and user.').waitFor();
    assert.equal(await save.isDisabled(), true);
    assert.deepEqual(await violations(page), []);
    await page.getByLabel('Mail server').fill('127.0.0.1');
    await page.getByLabel('Port').fill(new URL(sink.url).port);
    await page.getByLabel('Password').fill(SINK_PASSWORD);
    await page.getByLabel('Told about the server').fill('ops@x.example');
    await save.click();
    await page.getByText('The settings of mails are saved.').waitFor();
    await page.getByLabel('To', { exact: true }).fill('new@x.example');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('The mail server took the mail to new@x.example.').waitFor();
    assert.equal(sink.mails.at(-1)?.to?.[0]?.address, 'new@x.example');
    await page.reload();
    await page.getByText('One is stored. Empty: it stays.').waitFor();
    assert.equal(await page.getByLabel('Password').inputValue(), '');
    await page.getByLabel('Mail server').fill('');
    await save.click();
    await page.getByText('Nobody is told about failed cycles').waitFor();
    assert.deepEqual(faults, []);
  } finally {
    await own.close();
  }
});

test('home tells of a key that ends soon, and leads to where it is made anew', async () => {
  const { page, faults } = await watchedPage(open.context);
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const body = { label: 'ends soon', role: 'auditor', expiresAt };
  const made = await open.api('/keys', { method: 'POST', body });
  assert.ok('key' in made, JSON.stringify(made));
  await page.goto(open.url);
  await page
    .getByText(/(One token, key or certificate ends|tokens, keys or certificates end) within 30 days/)
    .waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: /^Look: .*within 30 days/ }).click();
  await page
    .getByRole('row', { name: /ends soon/ })
    .getByRole('link')
    .click();
  await page.getByRole('button', { name: 'Revoke ends soon' }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertRefusal } from '../../contract/assert-refusal.ts';
import {
  openTestProvider,
  type TestAnswer,
  type TestProvider,
  type TestTenant,
} from '../../contract/open-test-provider.ts';
import { patch, user } from '../../contract/sample-bodies.ts';
import type { NewTokenOptions } from '../tenant/tenant-admin.ts';
import { newToken, tokenIdOf } from './token-text.ts';

describe('tokens', () => {
  let test: TestProvider;
  before(async () => {
    test = await openTestProvider();
  });
  after(() => test.close());

  const callWith = (tenant: TestTenant, authorization: string | null): Promise<TestAnswer> =>
    tenant.request({ method: 'GET', path: '/Users', headers: { authorization } });

  const issue = async (
    tenant: TestTenant,
    options: NewTokenOptions = {},
  ): Promise<{ readonly id: string; readonly text: string }> =>
    test.provider.admin.issueToken(tenant.tenant.id, options);

  it('open their own tenant, whatever the case of the word Bearer', async () => {
    const tenant = await test.open({ profile: 'generic' });
    for (const word of ['Bearer', 'bearer', 'BEARER']) {
      assert.equal((await callWith(tenant, `${word} ${tenant.token}`)).status, 200);
    }
  });

  it('are refused when they are missing, of another kind, unknown, or cut short', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const last = tenant.token.endsWith('0') ? '1' : '0';
    for (const authorization of [
      null,
      '',
      'Basic YTpi',
      'Bearer',
      'Bearer x',
      `Bearer ${tenant.token.slice(0, -1)}`,
      `Bearer ${tenant.token.slice(0, -1)}${last}`,
      `Bearer ${tenant.token.toUpperCase()}`,
    ]) {
      const answer = await callWith(tenant, authorization);
      assertRefusal(answer, 401);
      assert.match(answer.headers['www-authenticate'] ?? '', /^Bearer/);
    }
  });

  it('do not open another tenant of the app, nor a tenant of another app', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const other = await test.open({ profile: 'generic' });
    const zenya = await test.open({ profile: 'zenya' });
    assertRefusal(await callWith(other, `Bearer ${tenant.token}`), 401);
    assertRefusal(await callWith(zenya, `Bearer ${tenant.token}`), 401);
    assertRefusal(await callWith(tenant, `Bearer ${zenya.token}`), 401);
  });

  it('can overlap, and are revoked one by one, at once', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const second = await issue(tenant, { label: 'next year' });
    assert.equal((await callWith(tenant, `Bearer ${second.text}`)).status, 200);
    const all = await test.provider.admin.tokens(tenant.tenant.id);
    const first = all.find((token) => token.id !== second.id);
    assert.equal(await test.provider.admin.revokeToken(tenant.tenant.id, first?.id ?? ''), true);
    assertRefusal(await callWith(tenant, `Bearer ${tenant.token}`), 401);
    assert.equal((await callWith(tenant, `Bearer ${second.text}`)).status, 200);
  });

  it('end when they expire, also while they are remembered', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const token = await issue(tenant, { expiresMs: test.clock.nowMs + 1_000 });
    assert.equal((await callWith(tenant, `Bearer ${token.text}`)).status, 200);
    test.clock.nowMs += 999;
    assert.equal((await callWith(tenant, `Bearer ${token.text}`)).status, 200);
    test.clock.nowMs += 1;
    assertRefusal(await callWith(tenant, `Bearer ${token.text}`), 401);
  });

  it('end with their tenant', async () => {
    const tenant = await test.open({ profile: 'generic' });
    assert.equal((await callWith(tenant, `Bearer ${tenant.token}`)).status, 200);
    await test.provider.admin.delete(tenant.tenant.id);
    assertRefusal(await callWith(tenant, `Bearer ${tenant.token}`), 401);
  });

  it('tell when they were last used, to the minute', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const used = async (): Promise<number | null | undefined> =>
      (await test.provider.admin.tokens(tenant.tenant.id))[0]?.lastUsedMs;
    assert.equal(await used(), null);
    const firstMs = test.clock.nowMs;
    await callWith(tenant, `Bearer ${tenant.token}`);
    test.clock.nowMs += 59_999;
    await callWith(tenant, `Bearer ${tenant.token}`);
    assert.equal(await used(), firstMs);
    test.clock.nowMs += 1;
    await callWith(tenant, `Bearer ${tenant.token}`);
    assert.equal(await used(), firstMs + 60_000);
  });

  it('do only what they were made for', async () => {
    const tenant = await test.open({ profile: 'generic' });
    const made = await tenant.send('POST', '/Users', user('eva'));
    const path = `/Users/${String(made.json['id'])}`;
    const calls = {
      read: ['GET', path, undefined],
      create: ['POST', '/Users', user('bert')],
      update: ['PATCH', path, patch({ op: 'replace', path: 'title', value: 'x' })],
      delete: ['DELETE', path, undefined],
    } as const;
    for (const scope of ['read', 'create', 'update', 'delete'] as const) {
      const token = await issue(tenant, { scopes: [scope] });
      const headers = { authorization: `Bearer ${token.text}` };
      for (const [name, [method, at, body]] of Object.entries(calls)) {
        const answer = await tenant.request({ method, path: at, body, headers });
        if (name === scope) assert.ok(answer.status < 300, `${name} with ${scope}: ${answer.text}`);
        else assertRefusal(answer, 403);
      }
    }
  });

  it('are made from enough randomness, in a form that scanners for secrets know', () => {
    const { id, text } = newToken((count) => new Uint8Array(count).fill(171));
    assert.match(text, /^lks_[0-9a-f]{16}_[0-9a-f]{64}$/);
    assert.equal(tokenIdOf(text), id);
    assert.equal(tokenIdOf(`${text}0`), undefined);
  });
});

describe('the database', () => {
  it('holds no token, only its hash', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-tokens-'));
    const test = await openTestProvider({ file: join(folder, 'store.db') });
    const tenant = await test.open({ profile: 'zenvoices' });
    const second = await test.provider.admin.issueToken(tenant.tenant.id, {});
    await tenant.send('GET', '/Users');
    const [kept] = await test.provider.admin.tokens(tenant.tenant.id);
    await test.close();
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    rmSync(folder, { recursive: true });
    assert.ok(files.some((text) => text.includes(kept?.hash ?? 'nothing')));
    for (const token of [tenant.token, second.text]) {
      const secret = token.split('_')[2] ?? '';
      assert.equal(secret.length, 64);
      assert.ok(files.every((text) => !text.includes(secret)));
    }
    assert.ok(!JSON.stringify(kept).includes(tenant.token));
  });
});

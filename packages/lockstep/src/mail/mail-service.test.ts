import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CycleEvent } from '@lockstep/engine';
import type { CycleSummary, JobLife } from '@lockstep/engine/ports';
import { openSqliteStore } from '@lockstep/store';
import { openMailSink as openSink, SINK_PASSWORD as PASSWORD, type MailSink as Sink } from '../../test/mail-sink.ts';
import type { App } from '../apps/app-service.ts';
import { warnOfExpiry } from './expiry-warnings.ts';
import { createMailService, MAIL_RETRY_MS, type MailService, nextDigestMs } from './mail-service.ts';
import { createSendMail } from './mail-transport.ts';
import { createMissedEvents } from './missed-events.ts';

const T0 = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;
const APP_SECRET = 'token-of-the-app-77';

type Notify = App['definition']['notify'];

async function openMail(
  t: TestContext,
  sink: Pick<Sink, 'url'>,
  notify: Notify = { mail: 'ops@example.com', onFailure: true },
) {
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  t.after(() => store.close());
  const clock = { nowMs: T0 };
  const reports: string[] = [];
  const definition = { name: 'Zenya <b>', ...(notify === undefined ? {} : { notify }) } as App['definition'];
  const app: App = { id: 'app1', definition, hasSecret: true, secretExpiresMs: null, createdMs: 0, modifiedMs: 0 };
  const send = createSendMail(sink.url, 'lockstep@example.com');
  const make = (): MailService =>
    createMailService({
      mails: store.mails,
      apps: { find: async () => app, secret: async () => APP_SECRET },
      engine: store.engine,
      sending: () => ({ send, to: ['server@example.com'] }),
      publicUrl: () => 'https://lockstep.example.com',
      nowMs: () => clock.nowMs,
      report: (message) => reports.push(message),
    });
  const sendDue = (mail: MailService): Promise<void> => mail.sendDue(new AbortController().signal);
  return { store, clock, reports, make, send: sendDue };
}

const counts = { created: 1, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 2, skippedBy: {} };

function failed(cycleId: string, message: string): CycleEvent {
  const error = { code: 'CredentialsRejected', message };
  const summary = { cycleId, kind: 'incremental', startedMs: T0, endedMs: T0, state: 'failed', counts, error } as const;
  return { kind: 'finished', jobId: 'app1', cycleId, summary };
}

const quarantine = {
  reason: 'TooManyDeletes',
  message: 'm',
  currentBeganMs: T0,
  nextAttemptMs: T0,
  seriesBeganMs: T0,
  seriesCount: 1,
} as const;
const active = { state: 'Active', hasRun: true } as const;
const inQuarantine = { state: 'Quarantine', hasRun: true, quarantine } as const;

test('each event is one mail over SMTP, escaped, and neither token nor password is in it', async (t) => {
  const sink = await openSink(t);
  const { make, send } = await openMail(t, sink);
  const mail = make();
  await mail.note(failed('c1', `refused: Authorization: Bearer ${APP_SECRET} <script>`));
  await mail.note(failed('c2', 'the same series of failures'));
  await mail.note({ kind: 'removalsHeld', jobId: 'app1', cycleId: 'c3', count: 12, text: '12 accounts would go.' });
  await mail.note({ kind: 'lifeChanged', jobId: 'app1', before: active, after: inQuarantine });
  const other = { ...quarantine, reason: 'EncounteredQuarantineException' } as const;
  const worse = { ...inQuarantine, quarantine: other };
  await mail.note({ kind: 'lifeChanged', jobId: 'app1', before: inQuarantine, after: worse });
  await mail.note({ kind: 'lifeChanged', jobId: 'app1', before: worse, after: active });
  const disabled = { state: 'Disabled', hasRun: true, quarantine } as const;
  await mail.note({ kind: 'lifeChanged', jobId: 'app1', before: worse, after: disabled });
  await send(mail);
  const subjects = sink.mails.map((one) => one.subject ?? '').toSorted();
  assert.deepEqual(
    subjects,
    [
      'Zenya <b>: 12 removals are held back',
      'Zenya <b>: a cycle failed (CredentialsRejected)',
      'Zenya <b>: another reason for the quarantine',
      'Zenya <b>: in quarantine',
      'Zenya <b>: out of quarantine',
      'Zenya <b>: the job is disabled',
    ].map((one) => `[Lockstep] ${one}`),
  );
  const guard = sink.mails.find((one) => one.subject?.includes('held') === true);
  assert.match(guard?.text ?? '', /12 accounts would go\.[\s\S]*https:\/\/lockstep\.example\.com\/apps\/app1/);
  assert.equal(guard?.to?.[0]?.address, 'ops@example.com');
  const failure = sink.mails.find((one) => one.subject?.includes('failed') === true);
  assert.match(failure?.html ?? '', /&lt;script&gt;/);
  assert.doesNotMatch(failure?.html ?? '', /<script>/);
  const all = JSON.stringify(sink.mails);
  assert.equal(all.includes(APP_SECRET) || all.includes(PASSWORD), false);
});

test('a restart sends nothing again', async (t) => {
  const sink = await openSink(t);
  const { make, send } = await openMail(t, sink);
  const event = { kind: 'removalsHeld', jobId: 'app1', cycleId: 'c', count: 1, text: 'x' } as const;
  const first = make();
  await first.note(event);
  await send(first);
  const second = make();
  await second.note(event);
  await send(second);
  assert.equal(sink.mails.length, 1);
});

test('a server that is down or busy is tried again with growing waits, and then given up', async (t) => {
  const sink = await openSink(t);
  const { make, send, clock, store, reports } = await openMail(t, sink);
  const mail = make();
  sink.refuse = { code: 451, text: 'later' };
  await mail.note(failed('c', 'm'));
  for (const waitMs of MAIL_RETRY_MS) {
    await send(mail);
    clock.nowMs += waitMs - 1;
    await send(mail);
    clock.nowMs += 1;
  }
  const waiting = await store.mails.count('waiting');
  await send(mail);
  assert.deepEqual([waiting, await store.mails.count('failed'), sink.mails.length], [1, 1, 0]);
  assert.match(reports[0] ?? '', /given up after 7 attempts/);
});

test('a final refusal is not tried again', async (t) => {
  const sink = await openSink(t);
  const { make, send, store } = await openMail(t, sink);
  sink.refuse = { code: 554, text: 'never' };
  const mail = make();
  await mail.note(failed('c', 'm'));
  await send(mail);
  assert.equal(await store.mails.count('failed'), 1);
});

test('with a digest one mail a day holds everything', async (t) => {
  const sink = await openSink(t);
  const notify = { mail: ['a@example.com', 'b@example.com'], onFailure: true, digest: 'daily' } as const;
  const { make, send, clock } = await openMail(t, sink, notify);
  const mail = make();
  await mail.note(failed('c', 'first'));
  await mail.note({ kind: 'removalsHeld', jobId: 'app1', cycleId: 'c', count: 3, text: 'three' });
  await send(mail);
  assert.equal(sink.mails.length, 0);
  clock.nowMs = nextDigestMs(T0);
  assert.equal(new Date(clock.nowMs).toISOString(), '2026-01-06T06:00:00.000Z');
  await send(mail);
  assert.deepEqual(
    sink.mails.map((one) => [one.subject, one.to?.length]),
    [['[Lockstep] 2 events', 2]],
  );
  assert.match(sink.mails[0]?.text ?? '', /first[\s\S]*three/);
});

test('mails about failed cycles can be switched off by themselves', async (t) => {
  const sink = await openSink(t);
  const { make, store } = await openMail(t, sink, { mail: 'a@example.com', onFailure: false });
  const mail = make();
  await mail.note(failed('c', 'm'));
  await mail.note({ kind: 'removalsHeld', jobId: 'app1', cycleId: 'c', count: 3, text: 'three' });
  assert.equal(await store.mails.count('waiting'), 1);
});

test('a test mail tells what the mail server says, without the password', async (t) => {
  const sink = await openSink(t);
  const { make } = await openMail(t, { url: sink.url.replace(PASSWORD, 'wrong-pass') });
  await assert.rejects(make().test('a@example.com'), (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /535|auth/i);
    return !error.message.includes('wrong-pass');
  });
  const good = await openMail(t, sink);
  await good.make().test('a@example.com');
  assert.equal(sink.mails.length, 1);
});

test('tokens that end are told about 30, 7 and 1 days before, once each; revoked ones are not', async (t) => {
  const sink = await openSink(t);
  const { make, clock, store } = await openMail(t, sink);
  const mail = make();
  const tenant = { id: 'x', title: 'Acme', profile: 'generic', dialect: 'lenient', allowedAddresses: [] } as const;
  await store.tenants.createTenant({ ...tenant, settings: {}, createdMs: 0 });
  const token = { tenantId: 'x', label: 'main', scopes: ['read'], createdMs: 0, expiresMs: T0 + 40 * DAY_MS } as const;
  await store.tenants.addToken({ ...token, id: 't1', hash: 'h1' });
  await store.tenants.addToken({ ...token, id: 't2', hash: 'h2' });
  await store.tenants.revokeToken('x', 't2', 1);
  const publicUrl = (): string => 'http://lockstep.example';
  const ports = { expiries: store.expiries, mail, nowMs: () => clock.nowMs, publicUrl };
  const counted: number[] = [];
  for (const left of [40, 30, 29, 7, 6.5, 1, 0.5, -1]) {
    clock.nowMs = T0 + (40 - left) * DAY_MS;
    await warnOfExpiry(ports, new AbortController().signal);
    counted.push(await store.mails.count('waiting'));
  }
  assert.deepEqual(counted, [0, 1, 1, 2, 2, 3, 3, 3]);
});

test('the client secret of single sign-on is told about 30, 7 and 1 days before it ends, with the page to go to', async (t) => {
  const sink = await openSink(t);
  const { make, clock, store, send } = await openMail(t, sink);
  const mail = make();
  const made = { id: 'x', title: 'Acme', profile: 'zenvoices', dialect: 'lenient', allowedAddresses: [] } as const;
  await store.tenants.createTenant({ ...made, settings: {}, createdMs: T0 });
  const connection = {
    tenantId: 'x',
    protocol: 'oidc',
    settings: {},
    secret: 's',
    revision: 'r',
    testedMs: null,
  } as const;
  const save = (state: 'off' | 'enforced', endsInDays: number): Promise<void> =>
    store.signIn.saveConnection({
      ...connection,
      state,
      testedRevision: null,
      secretExpiresMs: T0 + endsInDays * DAY_MS,
    });
  const ports = { expiries: store.expiries, mail, nowMs: () => clock.nowMs };
  const publicUrl = (): string => 'http://lockstep.example';
  const subjects = async (): Promise<readonly (string | undefined)[]> => {
    await warnOfExpiry({ ...ports, publicUrl }, new AbortController().signal);
    await send(mail);
    return sink.mails.splice(0).map((one) => one.subject);
  };
  await save('enforced', 40);
  const told: (readonly (string | undefined)[])[] = [];
  for (const left of [31, 30, 8, 7, 7, 1, -1]) {
    clock.nowMs = T0 + (40 - left) * DAY_MS;
    told.push(await subjects());
  }
  const mailOf = (days: string): readonly string[] => [
    `[Lockstep] Acme: the client secret of single sign-on ends in ${days}`,
  ];
  assert.deepEqual(told, [[], mailOf('30 days'), [], mailOf('7 days'), [], mailOf('1 day'), []]);
  clock.nowMs = T0;
  await save('off', 3);
  assert.deepEqual(await subjects(), []);
  await save('enforced', 3);
  await warnOfExpiry({ ...ports, publicUrl }, new AbortController().signal);
  await send(mail);
  assert.match(sink.mails[0]?.text ?? '', /http:\/\/lockstep\.example\/portal\/x/);
});

test('tokens of apps and API keys are told about, with the page where they are made anew', async (t) => {
  const sink = await openSink(t);
  const { make, clock, store, send } = await openMail(t, sink);
  const mail = make();
  const app = { id: 'a 1', name: 'Wiki', definition: {}, sealedSecret: 's', createdMs: 0, modifiedMs: 0 };
  await store.apps.save({ ...app, secretExpiresMs: T0 + 6 * DAY_MS });
  const times = { createdMs: 0, expiresMs: T0 + 20 * DAY_MS, revokedMs: null, lastUsedMs: null };
  await store.people.addKey({
    id: 'k',
    hash: 'h',
    label: 'nightly',
    role: 'auditor',
    scopes: [],
    createdBy: 'x',
    ...times,
  });
  const publicUrl = (): string => 'http://lockstep.example';
  const ports = { expiries: store.expiries, mail, nowMs: () => clock.nowMs, publicUrl };
  for (let round = 0; round < 2; round += 1) await warnOfExpiry(ports, new AbortController().signal);
  await send(mail);
  const told = sink.mails.map(({ subject, text }) => [subject, /http\S+/.exec(text ?? '')?.[0]]);
  assert.deepEqual(
    told.toSorted(),
    [
      ['[Lockstep] The API key "nightly" ends in 20 days', 'http://lockstep.example/settings/keys'],
      ['[Lockstep] Wiki: the token of the app ends in 6 days', 'http://lockstep.example/apps/a%201/connection'],
    ].toSorted(),
  );
});

test('what a cycle left behind is told once, also when the process ended before its mail was stored', async (t) => {
  const sink = await openSink(t);
  const { store, make, send } = await openMail(t, sink);
  const { engine } = store;
  const conclude = async (cycleId: string, life: JobLife, state: 'failed' | 'succeeded'): Promise<CycleSummary> => {
    const error = state === 'failed' ? { error: { code: 'InvalidCredentials', message: 'no' } } : {};
    const summary = { cycleId, kind: 'incremental', startedMs: T0, endedMs: T0, state, counts, ...error } as const;
    const fence = (await engine.acquireLease('app1', 'a', { nowMs: T0, untilMs: T0 + 1 })) ?? 0;
    await engine.changeLife('app1', () => life);
    await engine.saveState({ jobId: 'app1', kind: 'incremental', watermark: 1, lastCycle: summary }, fence);
    return summary;
  };
  const subjects = (): readonly string[] =>
    sink.mails.splice(0).map((one) => (one.subject ?? '').replace('[Lockstep] Zenya <b>: ', ''));
  const open = () => {
    const mail = make();
    const apps = { list: async () => [{ id: 'app1' } as App] };
    return { mail, missed: createMissedEvents({ apps, engine, settings: store.apps, mail }) };
  };
  await conclude('c1', inQuarantine, 'failed');
  for (let restarts = 0; restarts < 3; restarts += 1) {
    const { mail, missed } = open();
    await missed.catchUp();
    await send(mail);
  }
  assert.deepEqual(subjects().toSorted(), ['a cycle failed (InvalidCredentials)', 'in quarantine']);
  const { mail, missed } = open();
  const summary = await conclude('c2', active, 'succeeded');
  await missed.listen({ kind: 'lifeChanged', jobId: 'app1', cycleId: 'c2', before: inQuarantine, after: active });
  await missed.listen({ kind: 'finished', jobId: 'app1', cycleId: 'c2', summary });
  await open().missed.catchUp();
  await send(mail);
  assert.deepEqual(subjects(), ['out of quarantine']);
  await engine.changeLife('app1', () => ({ state: 'Paused', hasRun: true }));
  await open().missed.catchUp();
  await send(mail);
  assert.deepEqual(subjects(), [], 'who pauses a job needs no mail about it');
});

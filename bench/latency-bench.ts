import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHANGES_DEFAULT = 200;
const PEOPLE = 1_000;
const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');
const GIVE_UP_MS = 10_000;

/**
 * How long a change in the directory takes to be in the app, one after the other, with the whole product in one process as
 * `lockstep start` runs it: the change goes in by the admin API, the account is read over SCIM.
 * usage: latency [CHANGES]
 */
export async function runLatencyBench(options: readonly string[]): Promise<void> {
  const changes = Number(options[0] ?? CHANGES_DEFAULT);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const port = await freePort();
  const server = spawn(process.execPath, [BINARY, 'start', '--data', folder, '--port', String(port)], {
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(`${url}/health/ready`)).ok);
    const admin = adminOf(url, readFileSync(join(folder, 'api-key'), 'utf8').trim());
    const app = await setUp(admin);
    const times = [];
    for (let number = 0; number < changes; number += 1) times.push(await oneChange(admin, app, number));
    report(times);
  } finally {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

type Admin = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

function adminOf(url: string, key: string): Admin {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    // The routes asked here answer with objects.
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
}

interface App {
  readonly scimUrl: string;
  readonly token: string;
}

async function setUp(admin: Admin): Promise<App> {
  const provider = await admin('POST', '/providers', { profile: 'generic', title: 'Bench' });
  const app = { scimUrl: String(provider['scimUrl']), token: String(provider['token']) };
  const people = Array.from({ length: PEOPLE }, (_, number) => ({
    userPrincipalName: nameOf(number),
    displayName: `Person ${number}`,
    mail: nameOf(number),
    mailNickname: `person${number}`,
    accountEnabled: true,
    employeeId: String(number),
  }));
  await admin('POST', '/directory/import', {
    format: 'json',
    text: JSON.stringify(people),
    key: 'employeeId',
  });
  const declared = { name: 'Bench', template: 'generic', tenantUrl: app.scimUrl, secretToken: app.token, scope: 'all' };
  await admin('POST', '/apply', { declaration: { apps: [declared] } });
  await admin('POST', '/apps/Bench/sync', { wait: true });
  return app;
}

function nameOf(number: number): string {
  return `person${number}@company.example`;
}

async function oneChange(admin: Admin, app: App, number: number): Promise<number> {
  const jobTitle = `Title ${number}`;
  const startedMs = performance.now();
  await admin('PATCH', `/directory/users/${nameOf((number * 7) % PEOPLE)}`, { jobTitle });
  await until(async () => (await titleOf(app, nameOf((number * 7) % PEOPLE))) === jobTitle);
  return performance.now() - startedMs;
}

async function titleOf(app: App, name: string): Promise<unknown> {
  const filter = encodeURIComponent(`userName eq "${name}"`);
  const response = await fetch(`${app.scimUrl}/Users?filter=${filter}`, {
    headers: { authorization: `Bearer ${app.token}` },
  });
  const { Resources } = (await response.json()) as { Resources?: readonly { readonly title?: unknown }[] };
  return Resources?.[0]?.title;
}

/** Asks again every few milliseconds. */
async function until(isDone: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + GIVE_UP_MS;
  while (performance.now() < endMs) {
    if (await isDone().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the change did not arrive');
}

function report(times: readonly number[]): void {
  const sorted = times.toSorted((first, second) => first - second);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(0);
  process.stdout.write(
    `${sorted.length} changes among ${PEOPLE} people, directory to app: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms\n`,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}

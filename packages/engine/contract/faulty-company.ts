// A directory, the engine, and an app that misbehaves as it is told; all real, in memory, with a clock that is set.
import { createFaultyServer, type FaultyServer, faultyFetch, type Quirk } from '@lockstep/checker';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { createScimClient, type Exchange } from '@lockstep/scim/client';
import { type CycleSummary, compileJob, type JobDefinition, runCycle } from '../src/index.ts';
import { type Company, openCompany } from './company.ts';

/** A company whose app is the faulty server. */
export interface FaultyCompany {
  readonly company: Company;
  readonly server: FaultyServer;
  readonly job: JobDefinition;
  sync(): Promise<CycleSummary>;
  /** Ends all faults and lets days pass, until nothing waits any more. Gives how many cycles that took. */
  recover(): Promise<number>;
  /** What the app should hold and holds, by names, in a fixed order. */
  expected(): Promise<readonly string[]>;
  actual(): readonly string[];
}

export interface FaultyCompanyOptions {
  readonly quirks?: readonly Quirk[];
  readonly job?: Partial<JobDefinition>;
  /** A company that is there already; its directory is shared. */
  readonly company?: Company;
  readonly jobId?: string;
  readonly onWrite?: (method: string, body: string | undefined) => void;
}

const BASE = '/scim';
const HOURS_MS = 7 * 3_600_000;
const CYCLES_MAX = 12;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export async function openFaultyCompany(options: FaultyCompanyOptions = {}): Promise<FaultyCompany> {
  const company = options.company ?? (await openCompany());
  const { clock } = company;
  const server = createFaultyServer({
    nowMs: clock.nowMs,
    quirks: options.quirks ?? [],
    onCommit: ({ method, body }) => (method === 'GET' ? undefined : options.onWrite?.(method, body)),
  });
  const settings = {
    baseUrl: `http://faulty.example${BASE}`,
    token: 'token',
    fetch: faultyFetch({ server, basePath: BASE, wait: clock.wait }),
    clock,
    random: () => 0.5,
    updateMethod: 'auto' as const,
    learnt: {},
  };
  const id = options.jobId ?? 'job-1';
  const job: JobDefinition = { ...company.job, id, tenantUrl: settings.baseUrl, ...options.job };
  const compiled = compileJob(job);
  const ports = {
    ...company.ports,
    client: createScimClient(settings),
    tracedClient: (onExchange: (exchange: Exchange) => void, beforeWrite?: () => Promise<void>) =>
      createScimClient({ ...settings, onExchange, ...(beforeWrite === undefined ? {} : { beforeWrite }) }),
    concurrency: 4,
  };
  const sync = (): Promise<CycleSummary> => runCycle(compiled, ports);
  return {
    company,
    server,
    job,
    sync,
    recover: async () => {
      server.setPlan(undefined);
      for (let cycles = 1; cycles <= CYCLES_MAX; cycles += 1) {
        clock.set(clock.nowMs() + HOURS_MS * cycles);
        const summary = await sync();
        const ever = Number.MAX_SAFE_INTEGER;
        const references = await company.store.engine.dueReferenceEscrows(id, ever, 1);
        const waiting = references.length + (await company.store.engine.countEscrows(id));
        if (summary.state === 'succeeded' && waiting === 0) return cycles;
      }
      throw new Error(`the job did not come to rest within ${CYCLES_MAX} cycles`);
    },
    expected: () => expectedState(company, id),
    actual: () => actualState(server),
  };
}

/** Computed from the directory alone, without the engine: who is assigned is there and active. */
async function expectedState(company: Company, appId: string): Promise<readonly string[]> {
  const { directory } = company.store;
  const users = await directory.userPage(appId, { limit: 1_000, scope: 'assigned' });
  const living = users.filter((user) => user.isAccountEnabled && user.deleted === 'no');
  const nameOf = new Map(living.map((user) => [user.id, String(user.attributes['userPrincipalName'])]));
  const lines = living.map((user) => {
    const manager = user.managerId === undefined ? undefined : nameOf.get(user.managerId);
    return userLine(user.attributes['userPrincipalName'], user.attributes['givenName'], manager);
  });
  for (const group of await directory.groupPage(appId, { limit: 1_000, scope: 'assigned' })) {
    const ids = await directory.memberIds(group.id, { limit: 1_000 });
    const names = ids.map((id) => nameOf.get(id)).filter((name) => name !== undefined);
    lines.push(groupLine(group.attributes['displayName'], names));
  }
  return lines.sort();
}

/** Inactive accounts are nobody's concern, except that a member of a group must be somebody. */
function actualState(server: FaultyServer): readonly string[] {
  const active = server.users().filter((user) => user['active'] !== false);
  const nameOf = new Map(active.map((user) => [String(user['id']), String(user['userName'])]));
  const users = active.map((user) => {
    const name = user['name'];
    const given = isJsonObject(name) ? name['givenName'] : undefined;
    return userLine(user['userName'], given, nameOf.get(managerOf(user) ?? ''));
  });
  const groups = server.groups().map((group) => {
    const members = isJsonArray(group['members']) ? group['members'] : [];
    const names = members.map((one) => nameOf.get(String(isJsonObject(one) ? one['value'] : one)));
    return groupLine(
      group['displayName'],
      names.filter((name) => name !== undefined),
    );
  });
  return [...users, ...groups].sort();
}

function managerOf(user: JsonObject): string | undefined {
  const extension = user[ENTERPRISE];
  const manager = isJsonObject(extension) ? extension['manager'] : undefined;
  const value = isJsonObject(manager) ? manager['value'] : manager;
  return value === undefined || value === null ? undefined : String(value);
}

function userLine(name: Json | undefined, given: Json | undefined, manager: string | undefined): string {
  return `user ${String(name).toLowerCase()} ${String(given)} under ${manager ?? 'nobody'}`;
}

function groupLine(name: Json | undefined, members: readonly string[]): string {
  return `group ${String(name)}: ${members.toSorted().join(', ')}`;
}

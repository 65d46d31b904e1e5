import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { AppServer } from './app-server.ts';

/** What the app holds, by names instead of ids, in a fixed order. */
export async function stateOf(app: AppServer): Promise<readonly string[]> {
  const users = await listAll(app, '/Users');
  const groups = await listAll(app, '/Groups');
  const nameById = new Map(users.map((user) => [String(user['id']), String(user['userName'])]));
  return [
    ...users.map((user) => describeUser(user, nameById)),
    ...groups.map((group) => describeGroup(group, nameById)),
  ].sort();
}

function describeUser(user: JsonObject, nameById: ReadonlyMap<string, string>): string {
  const extension = user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
  const manager =
    isJsonObject(extension) && isJsonObject(extension['manager']) ? extension['manager']['value'] : undefined;
  const { id: _id, meta: _meta, groups: _groups, ...rest } = user;
  delete (rest as Record<string, unknown>)['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
  return JSON.stringify({ ...rest, managerName: nameById.get(String(manager)) ?? null });
}

function describeGroup(group: JsonObject, nameById: ReadonlyMap<string, string>): string {
  const members = Array.isArray(group['members']) ? group['members'] : [];
  const names = members.map((member) => nameById.get(String(isJsonObject(member) ? member['value'] : member)) ?? '?');
  return JSON.stringify({ group: group['displayName'], members: names.sort() });
}

async function listAll(app: AppServer, endpoint: string): Promise<readonly JsonObject[]> {
  const answer = await fetch(`${app.url}${endpoint}?count=1000`, { headers: { authorization: `Bearer ${app.token}` } });
  const body: unknown = await answer.json();
  const resources = isJsonObject(body) ? body['Resources'] : [];
  return Array.isArray(resources) ? resources.filter(isJsonObject) : [];
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, templates } from '@lockstep/gallery';
import type { JsonObject, PatchOperation } from '@lockstep/scim';
import { createScimClient, type FetchRequest, filterEq, type ScimClient } from '@lockstep/scim/client';
import { testContext } from '../expression/test-context.ts';
import { buildResource } from '../mapping/build-resource.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import { type MappedResource, mapObject } from '../mapping/map-object.ts';
import { groupSource, userSource } from '../mapping/source-object.ts';
import { planObject } from '../plan/plan-object.ts';
import { planMembers, planReference } from '../plan/plan-references.ts';
import { eva, finance } from '../test-people.ts';
import { createWire } from './create-wire.ts';

interface Golden {
  readonly name: string;
  readonly rfc: GoldenRequest;
  readonly 'entra-legacy': GoldenRequest;
}

interface GoldenRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: JsonObject;
}

const goldens: readonly Golden[] = JSON.parse(
  readFileSync(new URL('./vectors/requests.json', import.meta.url), 'utf8'),
);

const roles = [
  { id: 'r-1', value: 'uploader', displayName: 'Uploader' },
  { id: 'r-2', value: 'authorizer,viewer', displayName: 'Authorizer and viewer' },
];

function withRoles(expression: string, target: string): ObjectMapping {
  const [userName] = templates.generic.users.mappings;
  assert.ok(userName);
  const row: AttributeMapping = { target, source: { kind: 'expression', text: expression }, apply: 'always' };
  return { ...templates.generic.users, mappings: [userName, row] };
}

const mappings = {
  default: templates.generic.users,
  single: withRoles('SingleAppRoleAssignment([appRoleAssignments])', 'roles[primary eq "True"].value'),
  complex: withRoles('AppRoleAssignmentsComplex([appRoleAssignments])', 'roles'),
  assertive: withRoles('AssertiveAppRoleAssignmentsComplex([appRoleAssignments])', 'roles'),
};

type Person = Parameters<typeof eva>[0] & { readonly attributes?: JsonObject };

function mapUser(mapping: ObjectMapping, person: Person, isSoftDeleted = false): MappedResource {
  const { attributes, ...changes } = person;
  const result = mapObject(compileMapping(mapping), userSource(eva(changes, attributes), isSoftDeleted), testContext());
  assert.ok(result.kind === 'mapped');
  return result.mapped;
}

/** The operations that take an account from one state of a person to another. */
function operationsOf(mapping: ObjectMapping, before: Person, after: Person): readonly PatchOperation[] {
  const targetView = buildResource(mapUser(mapping, before));
  const { isAccountEnabled = true } = after;
  const plan = planObject({
    objectType: 'user',
    isEnabled: true,
    actions: mapping.actions,
    link: { state: 'managed' },
    mapped: mapUser(mapping, after, !isAccountEnabled),
    targetView,
    verdict: isAccountEnabled
      ? { inScope: true }
      : { inScope: false, because: 'disabled', code: 'NotEffectivelyEntitled', text: '', failedFilters: [] },
  });
  assert.ok(plan.do === 'update' || plan.do === 'disable', plan.do);
  return plan.operations;
}

const manager = compileMapping(mappings.default).mappings.find(({ path }) => path.name === 'manager');
const members = compileMapping(templates.generic.groups).mappings.find(({ path }) => path.name === 'members');

function managerOperations(targetId: string | undefined): readonly PatchOperation[] {
  assert.ok(manager);
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const view = targetId === undefined ? { [enterprise]: { manager: { value: 'm-0' } } } : {};
  const wanted = targetId === undefined ? ({ kind: 'none' } as const) : ({ kind: 'account', targetId } as const);
  return planReference(manager.path, wanted, view)?.operations ?? [];
}

function memberOperations(current: readonly string[], wanted: readonly string[]): readonly PatchOperation[] {
  assert.ok(members);
  return planMembers(members.path, { current, wanted }).flatMap((batch) => batch.operations);
}

function groupResource(): JsonObject {
  const result = mapObject(compileMapping(templates.generic.groups), groupSource(finance(), false), testContext());
  assert.ok(result.kind === 'mapped');
  return buildResource(result.mapped);
}

const createOf = (mapping: ObjectMapping, person: Person) => (client: ScimClient) =>
  client.create('/Users', buildResource(mapUser(mapping, person)));
const updateOf = (operations: readonly PatchOperation[]) => (client: ScimClient) =>
  client.update('/Users', 'u-1', { operations });
const updateGroup = (operations: readonly PatchOperation[]) => (client: ScimClient) =>
  client.update('/Groups', 'g-1', { operations });
const user = (attributes: JsonObject): Person => ({ attributes });

/** What each request of the golden file comes from. */
const acts: Readonly<Record<string, (client: ScimClient) => Promise<unknown>>> = {
  'test connection': (client) => client.testConnection('userName', '00000000-0000-4000-8000-000000000000'),
  'match query': (client) =>
    client.query('/Users', { filter: filterEq('emails[type eq "work"].value', 'eva@x.example') }),
  'match query of a group': (client) =>
    client.query('/Groups', { filter: filterEq('displayName', 'Finance'), excludedAttributes: ['members'] }),
  'create user': createOf(mappings.default, {}),
  'update one attribute': updateOf(operationsOf(mappings.default, {}, user({ displayName: 'Eva Berg' }))),
  'update several attributes': updateOf(
    operationsOf(
      mappings.default,
      {},
      user({ displayName: 'Eva Berg', surname: 'Berg', employeeId: '7', mail: 'b@x.example' }),
    ),
  ),
  'update a part of a new element': updateOf(
    operationsOf(mappings.default, {}, user({ mobile: '+46 2', city: 'Lund', country: 'SE' })),
  ),
  'update an attribute of an extension': updateOf(operationsOf(mappings.default, {}, user({ department: 'HR' }))),
  'set the manager': updateOf(managerOperations('m-1')),
  'remove the manager': updateOf(managerOperations(undefined)),
  disable: updateOf(operationsOf(mappings.default, {}, { isAccountEnabled: false })),
  enable: updateOf([{ op: 'replace', path: { attribute: { name: 'active' } }, value: true }]),
  'delete user': (client) => client.delete('/Users', 'u-1'),
  'create user with SingleAppRoleAssignment': createOf(mappings.single, { roles: roles.slice(0, 1) }),
  'set the first role of SingleAppRoleAssignment': updateOf(
    operationsOf(mappings.single, {}, { roles: roles.slice(0, 1) }),
  ),
  'change the role of SingleAppRoleAssignment': updateOf(
    operationsOf(mappings.single, { roles: roles.slice(0, 1) }, { roles: roles.slice(1) }),
  ),
  'create user with AppRoleAssignmentsComplex': createOf(mappings.complex, { roles }),
  'add a role of AppRoleAssignmentsComplex': updateOf(
    operationsOf(mappings.complex, { roles: roles.slice(0, 1) }, { roles }),
  ),
  'create user with AssertiveAppRoleAssignmentsComplex': createOf(mappings.assertive, { roles }),
  'change roles of AssertiveAppRoleAssignmentsComplex': updateOf(
    operationsOf(mappings.assertive, { roles }, { roles: roles.slice(1) }),
  ),
  'remove the last role of AssertiveAppRoleAssignmentsComplex': updateOf(
    operationsOf(mappings.assertive, { roles }, {}),
  ),
  'create group': (client) => client.create('/Groups', groupResource()),
  'rename group': updateGroup([{ op: 'replace', path: { attribute: { name: 'displayName' } }, value: 'Treasury' }]),
  'add members': updateGroup(memberOperations([], ['u-1', 'u-2'])),
  'remove members': updateGroup(memberOperations(['u-1', 'u-2'], [])),
  'remove and add members': updateGroup(memberOperations(['u-1', 'u-2'], ['u-3'])),
  'delete group': (client) => client.delete('/Groups', 'g-1'),
};

async function requestOf(
  dialect: 'rfc' | 'entra-legacy',
  act: (client: ScimClient) => Promise<unknown>,
): Promise<GoldenRequest> {
  const sent: FetchRequest[] = [];
  const client = createScimClient({
    baseUrl: 'https://app.example/scim',
    token: 't',
    fetch: async (request) => {
      sent.push(request);
      const body = request.method === 'GET' ? { totalResults: 0, Resources: [] } : { id: 'u-1' };
      return { status: request.method === 'POST' ? 201 : 200, headers: new Headers(), text: JSON.stringify(body) };
    },
    clock: { nowMs: () => 0, wait: async () => undefined },
    random: () => 0,
    wire: createWire(dialect),
  });
  await act(client);
  const [request, ...more] = sent;
  assert.ok(request !== undefined && more.length === 0);
  const path = decodeURIComponent(request.url.slice('https://app.example/scim'.length));
  return { method: request.method, path, ...(request.body === undefined ? {} : { body: JSON.parse(request.body) }) };
}

for (const { name, ...expected } of goldens) {
  for (const dialect of ['rfc', 'entra-legacy'] as const) {
    test(`${name} in the dialect ${dialect} is sent as in the golden file`, async () => {
      const act = acts[name];
      assert.ok(act, 'nothing makes this request');
      assert.deepEqual(await requestOf(dialect, act), expected[dialect]);
    });
  }
}

test('every request the engine makes has a golden one', () => {
  assert.deepEqual(goldens.map(({ name }) => name).toSorted(), Object.keys(acts).toSorted());
});

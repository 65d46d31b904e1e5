import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, type Json } from '@lockstep/scim';
import { readAttributes } from '../directory/read-attributes.ts';
import { buildSampleCompany } from './build-sample-company.ts';
import { SAMPLE_PERSON, type SamplePerson } from './sample-company.ts';
import { SAMPLE_DISABLED, SAMPLE_GUESTS, SAMPLE_WITHOUT_MAIL } from './sample-mess.ts';

const company = buildSampleCompany();
const { people, groups } = company;

const having = (name: string, value?: Json): readonly SamplePerson[] =>
  people.filter(({ attributes }) => (value === undefined ? name in attributes : attributes[name] === value));

function managersAbove(person: SamplePerson): number {
  const manager = people.find((one) => one.objectId === person.attributes['manager']);
  return manager === undefined ? 0 : 1 + managersAbove(manager);
}

describe('the sample company', () => {
  it('is the same for the same seed and another one for another seed', () => {
    assert.deepEqual(buildSampleCompany(), company);
    assert.deepEqual(buildSampleCompany(7), buildSampleCompany(7));
    assert.notDeepEqual(buildSampleCompany(7), company);
  });

  it('has 1,000 people and 60 groups, each with an id of its own', () => {
    assert.equal(people.length, 1_000);
    assert.equal(groups.length, 60);
    assert.equal(new Set([...people, ...groups].map((one) => one.objectId)).size, 1_060);
    assert.equal(new Set(groups.map((one) => one.displayName.toLowerCase())).size, 60);
  });

  it('holds only attributes that the directory takes, in the form it keeps them', () => {
    for (const { attributes } of people) assert.deepEqual(readAttributes('User', attributes), attributes);
  });

  it('gives everybody a sign-in name and, where there is one, a mail address that nobody else has in any case', () => {
    for (const name of ['userPrincipalName', 'mail', 'employeeId']) {
      const values = having(name).map(({ attributes }) => String(attributes[name]).toLowerCase());
      assert.equal(new Set(values).size, values.length, name);
    }
    assert.equal(having('userPrincipalName').length, 1_000);
  });

  it('is as messy as it says', () => {
    assert.equal(having('userType', 'Guest').length, SAMPLE_GUESTS);
    assert.equal(having('accountEnabled', false).length, SAMPLE_DISABLED);
    assert.equal(1_000 - having('mail').length, SAMPLE_WITHOUT_MAIL);
    const guests = having('userType', 'Guest').map(({ attributes }) => String(attributes['userPrincipalName']));
    assert.ok(
      guests.every((name) => /^[a-z0-9.'-]+_[a-z.-]+#EXT#@noordlicht\.example$/.test(name)),
      guests[0],
    );
    const names = people.map(({ attributes }) => String(attributes['displayName']));
    const shared = names.filter((name, at) => names.indexOf(name) !== at);
    assert.deepEqual(shared, ['Jan de Vries']);
    assert.ok(people.some(({ attributes }) => attributes['accountEnabled'] === false && isManager(attributes)));
  });

  const isManager = (attributes: SamplePerson['attributes']): boolean =>
    people.some(
      (one) => one.attributes['manager'] === people.find((other) => other.attributes === attributes)?.objectId,
    );

  it('has managers four levels deep, and one person at the top', () => {
    const depths = people.map(managersAbove);
    assert.equal(Math.max(...depths), 4);
    assert.equal(depths.filter((depth) => depth === 0).length, 1);
  });

  for (const script of ['Greek', 'Cyrillic', 'Arabic', 'Hebrew', 'Han', 'Katakana', 'Hangul', 'Devanagari', 'Thai']) {
    it(`has names in ${script}`, () => {
      const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
      assert.ok(people.some(({ attributes }) => pattern.test(String(attributes['displayName']))));
    });
  }

  for (const sign of ["'", '’', 'ß', 'ł', 'İ', 'ñ']) {
    it(`has ${sign} in names`, () => {
      assert.ok(people.some(({ attributes }) => String(attributes['displayName']).includes(sign)));
    });
  }

  it('has groups within groups, an empty one, and one that holds people and a group', () => {
    const groupIds = new Set(groups.map((one) => one.objectId));
    const isNested = (ids: readonly string[]): boolean => ids.some((id) => groupIds.has(id));
    const all = groups.find((one) => one.displayName === 'All Offices');
    const regions = groups.filter((one) => all?.memberIds.includes(one.objectId));
    assert.equal(regions.length, 3);
    assert.ok(regions.every((region) => region.memberIds.every((id) => groupIds.has(id))));
    assert.ok(groups.some((one) => one.memberIds.length === 0));
    assert.ok(groups.some((one) => isNested(one.memberIds) && one.memberIds.some((id) => !groupIds.has(id))));
  });

  it('knows the person that guides change', () => {
    const [eva] = having('userPrincipalName', SAMPLE_PERSON);
    assert.equal(eva?.attributes['department'], 'Sales');
    assert.equal(eva?.attributes['accountEnabled'], true);
    assert.ok(!isJsonArray(eva?.attributes['mail']));
  });
});

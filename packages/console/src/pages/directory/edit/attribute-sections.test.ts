import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryAttributeShape } from 'lockstep/admin-api/answers';
import { ownExtension, ownExtensionsOf, sectionsOf } from './attribute-sections.ts';

const named = (name: string, more: Partial<DirectoryAttributeShape> = {}): DirectoryAttributeShape => ({
  ...ownExtension(name),
  ...more,
});

test('every attribute that can be written has its part of the form, those nobody foresaw too', () => {
  const sections = sectionsOf([
    named('newOne'),
    named('displayName'),
    named('userPrincipalName'),
    named('deletedDateTime', { readOnly: true }),
    named('city'),
    named('extensionAttribute1'),
    named('extension_x_y'),
  ]);
  assert.deepEqual(
    sections.map(({ id, attributes }) => [id, attributes.map(({ name }) => name)]),
    [
      ['identity', ['userPrincipalName', 'displayName']],
      ['contact', ['city']],
      ['other', ['newOne']],
      ['extensions', ['extensionAttribute1', 'extension_x_y']],
    ],
  );
});

test('only names that the directory takes are extensions of the organization', () => {
  assert.deepEqual(ownExtensionsOf(['extension_a_b', 'extensionAttribute1', 'extension_', 'extension_a b']), [
    'extension_a_b',
  ]);
});

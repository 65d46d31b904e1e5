import type { PlannedQuery } from './plan-of.ts';
import { groupQuery, userQuery } from './sample-realm.ts';

const MANAGER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value';

/** What clients ask all day; Entra ID's look-ups and reference checks among them. */
export const plannedQueries: readonly PlannedQuery[] = [
  same('a user name', userQuery('userName eq "eva"'), 'resource_unique_name'),
  same('a display name of a group', groupQuery('displayName eq "crew"'), 'resource_unique_name'),
  same('an id', userQuery('id eq "x"'), 'resource_id'),
  same('an externalId', userQuery('externalId eq "x"'), 'resource_external_id'),
  byValue('an e-mail address', 'emails.value eq "x@x.org"'),
  byValue('an e-mail address of a type', 'emails[type eq "work" and value eq "x@x.org"]'),
  same('a member', groupQuery('members.value eq "x"'), 'membership_member'),
  same('a member by a value path', groupQuery('members[value eq "x"]'), 'membership_member'),
  same('a group and its member, as reference checks ask', groupQuery('id eq "g" and members eq "x"'), 'resource_id'),
  same('a user and the manager, as reference checks ask', userQuery(`id eq "x" and ${MANAGER} eq "y"`), 'resource_id'),
  same('a user name by its beginning', userQuery('userName sw "eva"'), 'resource_unique_name'),
  byValue('an e-mail address by its beginning', 'emails.value sw "eva@"'),
  same('a page of everybody', userQuery(undefined, { count: 100 }), 'resource_living'),
  same('a page behind a cursor', userQuery(undefined, { count: 100, after: '1900' }), 'resource_living'),
];

function same(what: string, query: PlannedQuery['query'], index: string): PlannedQuery {
  return { what, query, sqlite: index, postgres: index };
}

function byValue(what: string, filter: string): PlannedQuery {
  return { what, query: userQuery(filter), sqlite: 'v USING PRIMARY KEY', postgres: 'resource_value_pkey' };
}

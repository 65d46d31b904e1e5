// What many tests of the cycle begin with: a company that is closed afterwards, and people assigned to the app.
import { afterEach } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { type Company, type CompanyOptions, openCompany } from './company.ts';

/** Opens companies that are closed after each test of the file. */
export function companies(): (options?: CompanyOptions) => Promise<Company> {
  const opened: Company[] = [];
  afterEach(async () => {
    for (const company of opened.splice(0)) await company.close();
  });
  return async (options = {}) => {
    const company = await openCompany(options);
    opened.push(company);
    return company;
  };
}

export function person(name: string, more: JsonObject = {}): JsonObject {
  return {
    userPrincipalName: `${name}@company.example`,
    displayName: `${name} Person`,
    givenName: name,
    surname: 'Person',
    mail: `${name}@company.example`,
    mailNickname: name,
    accountEnabled: true,
    ...more,
  };
}

/** Adds a person and assigns them to the app. */
export async function hire(company: Company, name: string, more: JsonObject = {}): Promise<string> {
  const id = await company.addUser(person(name, more));
  await company.assign(id);
  return id;
}

/** Requests that write. */
export function writes(company: Company): readonly string[] {
  return company.requests.filter((request) => !request.startsWith('GET '));
}

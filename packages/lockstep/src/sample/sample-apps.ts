import type { AppId } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import type { DeclaredApp } from '../apps/declared-app.ts';
import { departments } from './departments.ts';
import { SAMPLE_COMPANY, SAMPLE_PERSON, type SampleCompany, type SamplePerson } from './sample-company.ts';

/** An app of the sample company, from both sides. */
export interface SampleApp {
  readonly template: AppId;
  /** Title of the tenant. */
  readonly title: string;
  /** Id of the tenant; absent = the app makes one. */
  readonly tenantId?: string;
  /** The list of roles that is kept in the app. */
  readonly roleNames?: readonly string[];
  /** Accounts that were made in the app before any directory. */
  readonly localAccounts: readonly JsonObject[];
  /** What the engine is told, address and token aside. */
  readonly declared: Omit<DeclaredApp, 'template' | 'tenantUrl' | 'secretToken'>;
}

/** Local accounts of Zenvoices whose e-mail address is that of somebody assigned. */
export const SAMPLE_LINKED_ACCOUNTS = 20;
/** Members of Ziflow that were there before. */
export const SAMPLE_ZIFLOW_MEMBERS = 6;

const CREATIVE = ['Marketing', 'Design', 'Communications', 'Product'];
const INVOICES = ['Finance', 'Accounts Payable', 'Purchasing'];

/** The four apps of the sample company with whom they are for. */
export function buildSampleApps(company: SampleCompany): readonly SampleApp[] {
  return [zenya(), zero(company), ziflow(company), zenvoices(company)];
}

/** Everybody, by departments; a group of groups goes along as a group only. */
function zenya(): SampleApp {
  const groups = [...departments.map(({ name }) => name), 'All Offices', 'Works Council'];
  return {
    template: 'zenya',
    title: 'Noordlicht Zenya',
    localAccounts: [],
    declared: { name: 'Zenya', scope: 'assigned', assignments: groups.map((group) => ({ group })) },
  };
}

/** Everybody but guests, by offices. */
function zero(company: SampleCompany): SampleApp {
  const offices = company.groups.filter(({ displayName }) => displayName.startsWith('Office '));
  const clauses = [{ attribute: 'companyName', operator: 'EQUALS', value: SAMPLE_COMPANY }] as const;
  return {
    template: 'zero',
    title: 'Noordlicht Zero',
    localAccounts: [],
    declared: {
      name: 'Zero',
      scope: 'assigned',
      assignments: offices.map(({ displayName }) => ({ group: displayName })),
      filters: [{ title: 'Own people only', clauses }],
    },
  };
}

/** The creative departments and every guest; some of them are members of the account already. */
function ziflow(company: SampleCompany): SampleApp {
  const members = company.people.filter((one) => CREATIVE.includes(one.department)).filter(isReachable);
  return {
    template: 'ziflow',
    title: 'Noordlicht Ziflow',
    localAccounts: members.slice(-SAMPLE_ZIFLOW_MEMBERS).map((one) => ({
      userName: textOf(one, 'userPrincipalName'),
      emails: [{ type: 'work', value: textOf(one, 'mail') }],
    })),
    declared: {
      name: 'Ziflow',
      scope: 'assigned',
      assignments: [...CREATIVE, 'Guests'].map((group) => ({ group })),
    },
  };
}

/** Whoever has to do with invoices, each with a role; accounts that exist in the app are linked by e-mail address. */
function zenvoices(company: SampleCompany): SampleApp {
  const known = company.people.filter((one) => INVOICES.includes(one.department)).filter(isReachable);
  return {
    template: 'zenvoices',
    title: 'Noordlicht Zenvoices',
    tenantId: '1234',
    roleNames: ['Uploader', 'Authorizer', 'Viewer', 'Controller'],
    localAccounts: [...known.slice(-SAMPLE_LINKED_ACCOUNTS).map(localAccount), ...unknownAccounts],
    declared: {
      name: 'Zenvoices',
      scope: 'assigned',
      roles: [
        { value: 'Uploader', description: 'Hands in invoices.' },
        { value: 'Authorizer', description: 'Approves invoices.' },
        {
          value: 'Uploader,Authorizer',
          displayName: 'Uploader and Authorizer',
          description: 'Two roles of the app in one value.',
        },
        { value: 'Viewer', description: 'Reads invoices.' },
        { value: 'Controller', description: 'Looks over everything.', allowedMemberTypes: ['User'] },
      ],
      assignments: [
        { user: SAMPLE_PERSON, roles: ['Uploader,Authorizer'] },
        { user: textOf(headOf(company, 'Finance'), 'userPrincipalName'), roles: ['Controller', 'Authorizer'] },
        { group: 'Finance', roles: ['Authorizer'] },
        { group: 'Accounts Payable', roles: ['Uploader,Authorizer'] },
        { group: 'Purchasing', roles: ['Uploader'] },
        { group: 'Managers', roles: ['Viewer'] },
      ],
      users: { mappings: [{ source: 'mail', target: 'emails[type eq "work"].value', match: 2 }] },
    },
  };
}

/** Nobody in the directory has these addresses, so these accounts stay the app's own. */
const unknownAccounts: readonly JsonObject[] = [
  { userName: 'scanner', emails: [{ type: 'work', value: 'scanner@noordlicht.example' }], active: true },
  { userName: 'archive', emails: [{ type: 'work', value: 'archive@noordlicht.example' }], active: false },
];

/** As somebody typed it into the app: own user name, address in capitals, name as it was then. */
function localAccount(person: SamplePerson): JsonObject {
  const mail = textOf(person, 'mail');
  return {
    userName: (mail.split('@')[0] ?? mail).replace('.', '_'),
    name: { givenName: textOf(person, 'givenName'), familyName: textOf(person, 'surname').toUpperCase() },
    emails: [{ type: 'work', value: mail.toUpperCase() }],
    active: true,
  };
}

/** Somebody who has an address and gets an account. */
function isReachable(person: SamplePerson): boolean {
  const { accountEnabled, mail, userType } = person.attributes;
  return accountEnabled === true && typeof mail === 'string' && userType === 'Member';
}

function headOf(company: SampleCompany, department: string): SamplePerson {
  const head = company.people.find((one) => one.level === 2 && one.department === department);
  if (head === undefined) throw new RangeError(`${department} has no head`);
  return head;
}

function textOf(person: SamplePerson, name: string): string {
  const value = person.attributes[name];
  return typeof value === 'string' ? value : '';
}

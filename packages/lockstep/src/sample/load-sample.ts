import type { AppService } from '../apps/app-service.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import { scimUrl } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';
import { buildSampleCompany } from './build-sample-company.ts';
import { buildSampleApps, type SampleApp } from './sample-apps.ts';
import type { SampleCompany } from './sample-company.ts';

/** What the loader works with. */
export type SampleTargets = Pick<Services, 'provider' | 'directory' | 'apps'> & {
  readonly store: Pick<Services['store'], 'apps' | 'tenants'>;
  /** Where the engine finds this very server. */
  readonly appsUrl: () => string;
};

/** An app that was made. */
export interface SampleAppName {
  readonly id: string;
  readonly name: string;
}

/** What a load made. */
export interface LoadedSample {
  readonly people: number;
  readonly groups: number;
  /** The new apps in the order they were made. */
  readonly apps: readonly SampleAppName[];
}

/** What asking for the sample led to. */
export type SampleLoad =
  | ({ readonly kind: 'loaded' } & LoadedSample)
  /** There is something in the data folder already: it was left as it is. */
  | { readonly kind: 'notEmpty' }
  /** An earlier load was cut short, so what is there is neither empty nor the whole sample. */
  | { readonly kind: 'interrupted' };

/** Setting of the installation that tells whether a load came to its end. */
const SETTING = 'sample';
/** Writes that are handed to the store together, which commits them with one flush. */
const WRITES_AT_ONCE = 250;

export interface LoadOptions {
  /** Told of each app as it is made. */
  readonly onApp?: (app: SampleAppName) => void;
  /** Told how many objects are written, now and then. */
  readonly onStep?: (step: { readonly done: number; readonly total: number }) => void;
}

/** Fills an empty installation with the sample company and its four apps. Apps come last, since they start to run at once. */
export async function loadSample(targets: SampleTargets, options: LoadOptions = {}): Promise<SampleLoad> {
  const { store, apps } = targets;
  const standing = await sampleStanding(targets);
  if (standing !== 'possible') return { kind: standing };
  // Of several processes that find nothing at once, one loads.
  if (!(await store.apps.claimSetting(SETTING, 'loading'))) return { kind: 'interrupted' };
  const company = buildSampleCompany();
  await loadCompany(targets.directory, company, options.onStep ?? (() => undefined));
  const declared = [];
  for (const app of buildSampleApps(company)) declared.push(await makeTenant(app, targets));
  const made = [];
  for (const app of declared) made.push(await saveApp(apps, app, options.onApp ?? (() => undefined)));
  await store.apps.saveSetting(SETTING, 'loaded');
  return { kind: 'loaded', people: company.people.length, groups: company.groups.length, apps: made };
}

/** Whether the sample could be loaded, and why not. */
export async function sampleStanding(
  targets: Pick<SampleTargets, 'store' | 'directory' | 'apps'>,
): Promise<'possible' | 'notEmpty' | 'interrupted'> {
  if ((await targets.store.apps.setting(SETTING)) === 'loading') return 'interrupted';
  return (await isEmptyInstallation(targets)) ? 'possible' : 'notEmpty';
}

/** Whether nobody has put anything here: no people, no groups, no apps, no tenants; recycle bins count. */
export async function isEmptyInstallation(
  targets: Pick<SampleTargets, 'store' | 'directory' | 'apps'>,
): Promise<boolean> {
  const { directory, apps, store } = targets;
  const [people, groups] = await Promise.all([
    directory.list('User', { count: 0, withDeleted: true }),
    directory.list('Group', { count: 0, withDeleted: true }),
  ]);
  const [known, tenants] = await Promise.all([apps.list(), store.tenants.listTenants({ limit: 1 })]);
  return people.total + groups.total + known.length + tenants.length === 0;
}

async function loadCompany(
  directory: DirectoryService,
  company: SampleCompany,
  onStep: NonNullable<LoadOptions['onStep']>,
): Promise<void> {
  const { people, groups } = company;
  const total = people.length + groups.length + groups.length;
  let done = 0;
  const wrote = (count: number): void => {
    done += count;
    onStep({ done, total });
  };
  await inBatches(people, wrote, ({ objectId, attributes }) => directory.create('User', attributes, { objectId }));
  await inBatches(groups, wrote, ({ objectId, displayName, description }) =>
    directory.create('Group', { displayName, description, securityEnabled: true }, { objectId }),
  );
  await inBatches(groups, wrote, async ({ objectId, memberIds }) => {
    if (memberIds.length > 0) await directory.changeMembers(objectId, { add: memberIds });
  });
}

async function inBatches<T>(
  items: readonly T[],
  wrote: (count: number) => void,
  write: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += WRITES_AT_ONCE) {
    const batch = items.slice(at, at + WRITES_AT_ONCE);
    await Promise.all(batch.map(write));
    wrote(batch.length);
  }
}

type Declared = Parameters<AppService['save']>[0];

/** Makes the app's tenant with what was in it before, and tells the engine where it is. */
async function makeTenant(app: SampleApp, targets: SampleTargets): Promise<Declared> {
  const { admin } = targets.provider;
  const { template, title, tenantId, roleNames, localAccounts } = app;
  const { tenant, token } = await admin.create({
    profile: template,
    title,
    ...(tenantId === undefined ? {} : { id: tenantId }),
  });
  if (roleNames !== undefined) await admin.update(tenant.id, { settings: { ...tenant.settings, roleNames } });
  for (const resource of localAccounts) await admin.addLocalAccount(tenant.id, { resource });
  return { ...app.declared, template, tenantUrl: scimUrl(targets.appsUrl(), tenant), secretToken: token.text };
}

async function saveApp(
  apps: AppService,
  declared: Declared,
  onApp: (app: SampleAppName) => void,
): Promise<SampleAppName> {
  const { id, name } = await apps.save(declared, { isDryRun: false });
  const made = { id: id ?? name, name };
  onApp(made);
  return made;
}

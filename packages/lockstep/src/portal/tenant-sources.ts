import type { IssuedToken, TenantSource } from '@lockstep/provider';
import { LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';

type Parts = Pick<Services, 'provider' | 'random'>;

const SOURCES_MAX = 100;
const TITLE_LENGTH_MAX = 200;

/** Adds a directory that may write to a tenant. @throws {LockstepError} */
export async function addSource(
  { provider, random }: Parts,
  tenantId: string,
  given: Omit<TenantSource, 'id'>,
): Promise<TenantSource> {
  const source = { ...checked(given), id: random.guid() };
  const changed = await provider.admin.changeSettings(tenantId, ({ sources = [], ...rest }) => {
    if (sources.length >= SOURCES_MAX) throw new LockstepError('invalidValue', `at most ${SOURCES_MAX} of them`);
    refuseTwin(sources, source);
    return { ...rest, sources: [...sources, source] };
  });
  if (changed === undefined) throw noTenant(tenantId);
  return source;
}

/** Changes title and addresses; its token stays. @throws {LockstepError} */
export async function changeSource({ provider }: Parts, tenantId: string, given: TenantSource): Promise<TenantSource> {
  const source = { ...checked(given), id: given.id };
  const changed = await provider.admin.changeSettings(tenantId, ({ sources = [], ...rest }) => {
    if (!sources.some((one) => one.id === source.id)) throw noSource(source.id);
    refuseTwin(sources, source);
    return { ...rest, sources: sources.map((one) => (one.id === source.id ? source : one)) };
  });
  if (changed === undefined) throw noTenant(tenantId);
  return source;
}

/** Removes it with its token. False when there is no such. */
export async function removeSource({ provider }: Parts, tenantId: string, id: string): Promise<boolean> {
  let wasThere = false;
  await provider.admin.changeSettings(tenantId, ({ sources = [], ...rest }) => {
    wasThere = sources.some((one) => one.id === id);
    return { ...rest, sources: sources.filter((one) => one.id !== id) };
  });
  await provider.admin.revokeTokensOf(tenantId, `source:${id}`);
  return wasThere;
}

/** Makes its token; the one before opens nothing any more. @throws {LockstepError} */
export async function issueSourceToken({ provider }: Parts, tenantId: string, id: string): Promise<IssuedToken> {
  const { admin } = provider;
  let title: string | undefined;
  await admin.changeSettings(tenantId, (settings) => {
    title = settings.sources?.find((one) => one.id === id)?.title;
    return settings;
  });
  if (title === undefined) throw noSource(id);
  const holder = `source:${id}`;
  await admin.revokeTokensOf(tenantId, holder);
  return admin.issueToken(tenantId, { label: title, holder });
}

function checked({ title, allowedAddresses }: Omit<TenantSource, 'id'>): Omit<TenantSource, 'id'> {
  if (title.trim() === '' || title.length > TITLE_LENGTH_MAX) {
    throw new LockstepError('invalidValue', `title: give one of 1 to ${TITLE_LENGTH_MAX} characters`);
  }
  return { title: title.trim(), allowedAddresses };
}

function refuseTwin(sources: readonly TenantSource[], source: TenantSource): void {
  const isTwin = (one: TenantSource): boolean => one.id !== source.id && one.title === source.title;
  if (sources.some(isTwin)) throw new LockstepError('conflict', `there is one called ${JSON.stringify(source.title)}`);
}

function noSource(id: string): LockstepError {
  return new LockstepError('notFound', `there is no source ${JSON.stringify(id)}`);
}

function noTenant(id: string): LockstepError {
  return new LockstepError('notFound', `there is no provider ${JSON.stringify(id)}`);
}

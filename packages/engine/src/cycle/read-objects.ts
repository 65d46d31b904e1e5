import type { ObjectType } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import type { SourceObjectOf } from './examined.ts';

/** Objects of the directory by id, tombstones included; ids the directory never had are left out. */
export async function readObjects(
  run: { readonly job: CycleRun['job']; readonly ports: Pick<CycleRun['ports'], 'directory'> },
  objectType: ObjectType,
  ids: readonly string[],
): Promise<readonly SourceObjectOf[]> {
  const appId = run.job.definition.id;
  const { directory } = run.ports;
  if (objectType === 'user') {
    return (await directory.users(appId, ids, run.job.objects.user.filterGroupIds)).map((user) => ({
      objectType: 'user',
      user,
    }));
  }
  return (await directory.groups(appId, ids)).map((group) => ({ objectType: 'group', group }));
}

/** A page of living objects in a fixed order, for initial cycles. */
export async function readPage(
  run: Pick<CycleRun, 'job' | 'ports'>,
  objectType: ObjectType,
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly SourceObjectOf[]> {
  const { id: appId, scope } = run.job.definition;
  const { directory } = run.ports;
  if (objectType === 'user') {
    const groupIds = run.job.objects.user.filterGroupIds;
    const users = await directory.userPage(appId, { ...page, scope, groupIds });
    return users.map((user) => ({ objectType: 'user', user }));
  }
  return (await directory.groupPage(appId, { ...page, scope })).map((group) => ({ objectType: 'group', group }));
}

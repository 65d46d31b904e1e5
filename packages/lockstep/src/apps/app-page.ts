import type { App } from './app-service.ts';

/** Which apps of all are wanted. */
export interface AppPageQuery {
  /** Part of a name, in any case. */
  readonly search?: string | undefined;
  /** Id of the last app of the page before. One that is gone since begins anew. */
  readonly after?: string | undefined;
  /** Absent = all. */
  readonly limit?: number | undefined;
}

/** Apps in order of creation, with the id to go on after when there are more. */
export function appPage(
  apps: readonly App[],
  { search = '', after, limit = apps.length }: AppPageQuery,
): { readonly items: readonly App[]; readonly next?: string } {
  const wanted = search.toLocaleLowerCase();
  const start = after === undefined ? 0 : apps.findIndex(({ id }) => id === after) + 1;
  const found = apps.slice(start).filter(({ definition }) => definition.name.toLocaleLowerCase().includes(wanted));
  const items = found.slice(0, limit);
  const last = found.length > items.length ? items.at(-1) : undefined;
  return last === undefined ? { items } : { items, next: last.id };
}

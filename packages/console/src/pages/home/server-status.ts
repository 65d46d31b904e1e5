import type { ServerStatusShape } from 'lockstep/admin-api/answers';
import type { QueryValues } from '../../api/call-api.ts';
import { pageQuery } from '../../api/use-api.ts';
import { pollAfterMs } from '../app/app-state.ts';

/** How the whole server stands, with all apps or a page of them; asked again while the page is seen. */
export function serverStatusQuery(page: QueryValues = {}) {
  return {
    ...pageQuery<ServerStatusShape>(['status'], page),
    refetchInterval: ({ state }: { readonly state: { readonly data: ServerStatusShape | undefined } }) =>
      pollAfterMs(state.data?.apps ?? []),
  };
}

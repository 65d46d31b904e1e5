import type { StatusShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../api/use-api.ts';
import { pollAfterMs } from './app-state.ts';

/** How an app stands, asked again while the page is seen. */
export function statusQuery(app: string) {
  const query = apiQuery<StatusShape>(['apps', app, 'status']);
  return {
    ...query,
    refetchInterval: ({ state }: { readonly state: { readonly data: StatusShape | undefined } }) =>
      pollAfterMs(state.data === undefined ? [] : [state.data]),
  };
}

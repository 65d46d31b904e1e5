import type { ServerStatusShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../api/use-api.ts';
import { pollAfterMs } from '../app/app-state.ts';

const query = apiQuery<ServerStatusShape>(['status']);

/** How the whole server stands, asked again while the page is seen. */
export const serverStatusQuery = {
  ...query,
  refetchInterval: ({ state }: { readonly state: { readonly data: ServerStatusShape | undefined } }) =>
    pollAfterMs(state.data?.apps ?? []),
};

import { useQuery } from '@tanstack/react-query';
import type { MeShape } from 'lockstep/admin-api/answers';
import { apiQuery } from './use-api.ts';

/** Who is signed in and what they may do; asked once a page load. */
export const meQuery = { ...apiQuery<MeShape>(['me']), staleTime: Number.POSITIVE_INFINITY };

/** What somebody may do, as the server names it. */
export type Permission = 'read' | 'operate' | 'configure' | 'people';

/**
 * Whether whoever is signed in may do something; `undefined` until that is known. It decides what is shown alone: the server
 * asks again at each request.
 */
export function useMay(permission: Permission): boolean | undefined {
  return useQuery(meQuery).data?.permissions.includes(permission);
}

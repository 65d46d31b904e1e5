import type { MeShape } from 'lockstep/admin-api/answers';
import { apiQuery } from './use-api.ts';

/** Who is signed in and what they may do; asked once a page load. */
export const meQuery = { ...apiQuery<MeShape>(['me']), staleTime: Number.POSITIVE_INFINITY };

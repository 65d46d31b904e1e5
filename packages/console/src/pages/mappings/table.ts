import { queryOptions } from '@tanstack/react-query';
import type { MappingTableShape } from 'lockstep/admin-api/answers';
import type { ApiError } from '../../api/api-error.ts';
import { callTagged, type Tagged } from '../../api/call-api.ts';

/** Which mapping. */
export type ObjectKind = MappingTableShape['objectType'];

/** The mapping of an app with the tag that edits are sent with. */
export function tableQuery(app: string, object: ObjectKind) {
  return queryOptions<Tagged<MappingTableShape>, ApiError>({
    queryKey: ['apps', app, 'mappings', object],
    queryFn: ({ signal }) =>
      callTagged<MappingTableShape>({ path: ['apps', app, 'mappings'], query: { object }, signal }),
  });
}

import {
  keepPreviousData,
  queryOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { ApiError } from './api-error.ts';
import { type ApiCall, callApi, callTagged, type QueryValues, type Tagged } from './call-api.ts';

/** Reads `/api/v1/{path}`. The key is the path, so that `invalidate(['apps', id])` renews all that is below it. */
export function apiQuery<T>(path: readonly string[], query?: QueryValues) {
  return queryOptions<T, ApiError>({
    queryKey: query === undefined ? path : [...path, query],
    queryFn: ({ signal }) => callApi<T>({ path, signal, ...(query === undefined ? {} : { query }) }),
  });
}

/** As `apiQuery`, with the entity tag that a later edit is sent with. */
export function taggedQuery<T>(path: readonly string[]) {
  return queryOptions<Tagged<T>, ApiError>({
    queryKey: [...path, 'tagged'],
    queryFn: ({ signal }) => callTagged<T>({ path, signal }),
  });
}

/** As `apiQuery` for a page of a list: the page before stays on screen until the next is there. */
export function pageQuery<T>(path: readonly string[], query: QueryValues) {
  return { ...apiQuery<T>(path, query), placeholderData: keepPreviousData };
}

/** What a change needs beside its call. */
export interface ChangeOptions<T> {
  /** Paths whose answers are read anew after a success. */
  readonly renews: readonly (readonly string[])[];
  readonly onDone?: (answer: T) => void;
}

/** Sends changes; while one is under way `isPending` holds. */
export function useChange<T = unknown>(options: ChangeOptions<T>): UseMutationResult<T, ApiError, ApiCall> {
  const client = useQueryClient();
  return useMutation<T, ApiError, ApiCall>({
    mutationFn: (call) => callApi<T>(call),
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await Promise.all(options.renews.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })));
    },
  });
}

/** A page of a list; `next` leads to the following one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

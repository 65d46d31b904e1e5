import { useQuery } from '@tanstack/react-query';
import type { ScopeCounts, ScopeShape } from 'lockstep/admin-api/answers';
import { useEffect, useState } from 'react';
import { callApi } from '../../api/call-api.ts';

/** So long the typing has to rest: one count goes through the whole directory. */
const REST_MS = 600;

interface LiveCounts {
  readonly counts: ScopeCounts | undefined;
  readonly error: unknown;
  /** The counts on screen are of an earlier state. */
  readonly isBehind: boolean;
}

/** Whom the scope would let in as it is typed, before anything is saved; half-typed conditions are not counted. */
export function useLiveCounts(
  app: string,
  asked: { readonly object: 'user' | 'group'; readonly draft: ScopeShape; readonly isReady: boolean },
): LiveCounts {
  const { object, draft, isReady } = asked;
  const [rested, setRested] = useState<ScopeShape | undefined>(isReady ? draft : undefined);
  useEffect(() => {
    if (!isReady || draft === rested) return undefined;
    const timer = setTimeout(() => setRested(draft), REST_MS);
    return () => clearTimeout(timer);
  }, [draft, rested, isReady]);
  const query = useQuery({
    queryKey: ['apps', app, 'scope', 'preview', object, rested],
    queryFn: ({ signal }) =>
      callApi<ScopeCounts>({
        method: 'POST',
        path: ['apps', app, 'scope', 'preview'],
        query: { object },
        body: rested,
        signal,
      }),
    enabled: rested !== undefined,
    retry: false,
    // Counts of people say nothing of groups.
    placeholderData: (before, earlier) => (earlier?.queryKey[4] === object ? before : undefined),
  });
  return { counts: query.data, error: query.error, isBehind: query.isFetching || draft !== rested };
}

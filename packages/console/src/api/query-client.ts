import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** Made once: what the server said stays fresh for a moment, so that moving between screens asks nothing twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 2_000, gcTime: 300_000, retry: mayRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

/** Only what may pass by itself is tried again, twice. */
export function mayRetry(failures: number, error: Error): boolean {
  if (!(error instanceof ApiError)) return false;
  return failures < 2 && (error.status === 0 || error.status === 429 || error.status >= 502);
}

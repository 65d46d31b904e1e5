import type { ReactNode } from 'react';
import { asApiError } from '../api/api-error.ts';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Notice } from './Badge.tsx';
import { Button } from './Button.tsx';
import { PageHeader } from './Panel.tsx';
import { designPhrases } from './phrases.ts';

/** A list with nothing in it: what belongs there, and the one thing to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-10 text-center">
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
      {action}
    </div>
  );
}

/** A request that failed: the server's own words, and what to do. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const say = usePhrases(designPhrases);
  const { message, hint, issues } = asApiError(error);
  const rest = issues.filter((issue) => !message.includes(issue.message));
  const retry = onRetry === undefined ? undefined : <Button onClick={onRetry}>{say('retry')}</Button>;
  return (
    <Notice tone="danger" title={message} isAlert {...(retry === undefined ? {} : { actions: retry })}>
      {hint !== undefined && <p>{hint}</p>}
      {rest.length > 0 && (
        <ul className="list-disc pl-5">
          {rest.map((issue) => (
            <li key={`${issue.place} ${issue.message}`}>
              {issue.place === '' ? issue.message : `${issue.place}: ${issue.message}`}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** The shape of what is coming; `lines` of text. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const say = usePhrases(designPhrases);
  return (
    <div role="status" className="grid gap-2 p-4">
      <span className="sr-only">{say('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have nothing but their place
        <div key={line} aria-hidden="true" className="skeleton h-4 nth-[3n]:w-2/3 nth-[3n+1]:w-full nth-[3n+2]:w-5/6" />
      ))}
    </div>
  );
}

interface LoadedProps<T> {
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  /** Lines of the skeleton. */
  readonly lines?: number;
  /** Heading of a page that is named by what comes, until it is there. */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}

/** A query on screen: skeleton, error with retry, or what it answered. An error beside older data shows both. */
export function Loaded<T>({ query, lines, title, children }: LoadedProps<T>) {
  const { data, error } = query;
  return (
    <>
      {data === undefined && title !== undefined && <PageHeader title={title} />}
      {error !== null && error !== undefined && <ErrorState error={error} onRetry={() => query.refetch()} />}
      {data === undefined && (error === null || error === undefined) && (
        <Skeleton {...(lines === undefined ? {} : { lines })} />
      )}
      {data !== undefined && children(data)}
    </>
  );
}

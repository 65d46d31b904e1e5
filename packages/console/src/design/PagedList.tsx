import type { ReactNode } from 'react';
import type { Page } from '../api/use-api.ts';
import { Pager } from './Pager.tsx';
import { Panel } from './Panel.tsx';
import { Loaded } from './states.tsx';

interface PagedListProps<T> {
  readonly query: { readonly data: Page<T> | undefined; readonly error: unknown; readonly refetch: () => unknown };
  /** Lines of the skeleton. */
  readonly lines: number;
  /** Where the page on screen begins; absent on the first. */
  readonly after: string | undefined;
  readonly onGo: (after: string | undefined) => void;
  /** In place of a list with nothing in it. */
  readonly empty: ReactNode;
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A page of a list that the server pages, in a panel of its own, with the way to the next. */
export function PagedList<T>({ query, lines, after, onGo, empty, children }: PagedListProps<T>) {
  return (
    <Panel isFlush>
      <Loaded query={query} lines={lines}>
        {({ items, next }) =>
          items.length === 0 ? (
            empty
          ) : (
            <>
              {children(items)}
              <Pager after={after} next={next} onGo={onGo} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

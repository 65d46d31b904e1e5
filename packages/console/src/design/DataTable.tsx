import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A column of a table. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  readonly align?: 'start' | 'end';
  /** Given when the server sorts by it. */
  readonly sort?: { readonly direction: 'ascending' | 'descending' | undefined; readonly onSort: () => void };
  /** Keeps the header for screen readers only, for columns of buttons. */
  readonly hidesHeader?: boolean;
  /** Stands in the place of the header's text, such as a box that ticks all. */
  readonly headerCell?: ReactNode;
  readonly className?: string;
}

interface DataTableProps<T> {
  /** What the table lists; read out first. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Marks a row, such as the one a drawer shows. */
  readonly isMarked?: (row: T) => boolean;
}

/** Rows under columns. Wide tables scroll by themselves and not the page. */
export function DataTable<T>({ caption, columns, rows, keyOf, isMarked }: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-border border-b text-muted text-xs">
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              className={classNames(
                'border-border border-b last:border-b-0 hover:bg-hover',
                isMarked?.(row) === true && 'bg-accent-soft',
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={classNames(
                    'px-4 py-2 align-top',
                    column.align === 'end' && 'text-right tabular-nums',
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HeaderCell<T>({ column }: { readonly column: Column<T> }) {
  const { header, align, sort, hidesHeader, headerCell } = column;
  const text = headerCell ?? (hidesHeader === true ? <span className="sr-only">{header}</span> : header);
  return (
    <th
      scope="col"
      aria-sort={sort?.direction}
      className={classNames('whitespace-nowrap px-4 py-2 font-medium', align === 'end' && 'text-right')}
    >
      {sort === undefined ? (
        text
      ) : (
        <button type="button" onClick={sort.onSort} className="rounded hover:text-text">
          {text} <span aria-hidden="true">{ARROWS[sort.direction ?? 'none']}</span>
        </button>
      )}
    </th>
  );
}

const ARROWS = { ascending: '▲', descending: '▼', none: '↕' } as const;

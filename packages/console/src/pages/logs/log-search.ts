import type { LogShape } from 'lockstep/admin-api/answers';
import type { RecordTab } from './RecordView.tsx';

/** What the address of the log page may hold. */
export interface LogSearch {
  readonly app?: string;
  readonly user?: string;
  readonly status?: LogShape['status'];
  readonly action?: LogShape['action'];
  readonly cycle?: string;
  /** Instants, ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** The number behind which the page begins, newest first. */
  readonly before?: string;
  /** The number of the record in the drawer. */
  readonly record?: string;
  readonly tab?: RecordTab;
}

/** The filters, without the place in the list and the drawer. */
export type LogFilter = Omit<LogSearch, 'before' | 'record' | 'tab'>;

/** The same filters from the first page, without a drawer. */
export function withoutPlace({ before: _before, record: _record, tab: _tab, ...filter }: LogSearch): LogFilter {
  return filter;
}

/** Whether anything is filtered. */
export function isFiltered(search: LogSearch): boolean {
  return Object.values(withoutPlace(search)).some((value) => value !== undefined);
}

/** Sets or, with an empty value, drops a filter; the list begins anew. */
export function withFilter(search: LogSearch, name: keyof LogFilter, value: string | undefined): LogSearch {
  const { [name]: _old, ...rest } = withoutPlace(search);
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

/** The filters as the API takes them. */
export function logQueryOf(search: LogSearch): Readonly<Record<string, string | undefined>> {
  return { ...withoutPlace(search) };
}

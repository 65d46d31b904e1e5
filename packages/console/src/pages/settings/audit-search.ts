/** What the address of the audit log may hold. */
export interface AuditSearch {
  /** Parts of the texts, without regard to case. */
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Instants, ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** The number behind which the page begins, newest first. */
  readonly after?: string;
  /** The number of the record in the drawer. */
  readonly record?: string;
}

/** The filters, without the place in the list and the drawer. */
export type AuditFilter = Omit<AuditSearch, 'after' | 'record'>;

/** The same filters from the first page, without a drawer. */
export function auditFilterOf({ after: _after, record: _record, ...filter }: AuditSearch): AuditFilter {
  return filter;
}

/** Whether anything is filtered. */
export function isAuditFiltered(search: AuditSearch): boolean {
  return Object.values(auditFilterOf(search)).some((value) => value !== undefined);
}

/** Sets or, with an empty value, drops a filter; the list begins anew. */
export function withAuditFilter(search: AuditSearch, name: keyof AuditFilter, value: string | undefined): AuditFilter {
  const { [name]: _old, ...rest } = auditFilterOf(search);
  return value === undefined || value.trim() === '' ? rest : { ...rest, [name]: value };
}

import type { ScopeClause, ScopeCondition, ScopeFilter, ScopeOperator } from 'lockstep/admin-api/answers';

/** Operators in the order of the list; those of the last row go with the attribute `memberOf`. */
export const OPERATORS: readonly ScopeOperator[] = [
  'EQUALS',
  'NOT EQUALS',
  'INCLUDES',
  'ENDS_WITH',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'IS NULL',
  'IS NOT NULL',
  'IS TRUE',
  'IS FALSE',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'IS MEMBER OF',
  'IS NOT MEMBER OF',
];

const WITHOUT_VALUE: ReadonlySet<ScopeOperator> = new Set(['IS NULL', 'IS NOT NULL', 'IS TRUE', 'IS FALSE']);
/** Where an absent value passes or fails by the operator itself, "or is empty" says nothing. */
const WITHOUT_EMPTY: ReadonlySet<ScopeOperator> = new Set([
  'IS NULL',
  'IS NOT NULL',
  'IS MEMBER OF',
  'IS NOT MEMBER OF',
]);

/** Whether the operator compares with a value. */
export function takesValue(operator: ScopeOperator): boolean {
  return !WITHOUT_VALUE.has(operator);
}

/** Whether "or is empty" can be said of the operator. */
export function takesEmpty(operator: ScopeOperator): boolean {
  return !WITHOUT_EMPTY.has(operator);
}

/** A plain clause, which the form can edit; groups of conditions are shown and kept. */
export function isClause(condition: ScopeCondition): condition is ScopeClause {
  return 'attribute' in condition;
}

const NEW_CLAUSE: ScopeClause = { attribute: 'department', operator: 'EQUALS', value: '' };

/** The filters with one more, whose title no other has. */
export function addFilter(filters: readonly ScopeFilter[], word: string): readonly ScopeFilter[] {
  const titles = new Set(filters.map(({ title }) => title));
  let number = filters.length + 1;
  while (titles.has(`${word} ${number}`)) number += 1;
  return [...filters, { title: `${word} ${number}`, clauses: [NEW_CLAUSE] }];
}

/** The filter with one more clause. */
export function addClause(filter: ScopeFilter): ScopeFilter {
  return { ...filter, clauses: [...filter.clauses, NEW_CLAUSE] };
}

/** The list with the element at `at` replaced, or without it when there is none to replace it with. */
export function replaceAt<T>(list: readonly T[], at: number, value: T | undefined): readonly T[] {
  return list.flatMap((one, index) => (index === at ? (value === undefined ? [] : [value]) : [one]));
}

/** The clause with another operator, without what that operator does not take. */
export function withOperator(clause: ScopeClause, operator: ScopeOperator): ScopeClause {
  const { value = '', orEmpty, comparison, attribute } = clause;
  return {
    attribute,
    operator,
    ...(takesValue(operator) ? { value } : {}),
    ...(comparison === undefined ? {} : { comparison }),
    ...(orEmpty === true && takesEmpty(operator) ? { orEmpty } : {}),
  };
}

/** Whether every filter can be sent: titles, and clauses with attribute and value. */
export function isWhole(filters: readonly ScopeFilter[]): boolean {
  return filters.every(
    ({ title, clauses }) =>
      title.trim() !== '' &&
      clauses.length > 0 &&
      clauses.every(
        (one) =>
          !isClause(one) || (one.attribute.trim() !== '' && (!takesValue(one.operator) || (one.value ?? '') !== '')),
      ),
  );
}

import type { ScopeClause, ScopeCondition, ScopeFilter, ScopeOperator, ScopeShape } from 'lockstep/admin-api/answers';

/** Operators in the order of the list; those of the last row go with the attribute `memberOf`, of people alone. */
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
const ABOUT_GROUPS: ReadonlySet<ScopeOperator> = new Set(['IS MEMBER OF', 'IS NOT MEMBER OF']);
/** Where an absent value passes or fails by the operator itself, "or is empty" says nothing. */
const WITHOUT_EMPTY: ReadonlySet<ScopeOperator> = new Set(['IS NULL', 'IS NOT NULL', ...ABOUT_GROUPS]);

/** So deep the server takes groups of conditions. */
export const DEPTH_MAX = 8;
/** So many conditions the server takes side by side. */
export const CONDITIONS_MAX = 50;

/** Several conditions in the place of one. */
export type ConditionGroup = Exclude<ScopeCondition, ScopeClause>;

/** Whether all conditions of a group must hold, or one is enough. */
export type GroupKind = 'all' | 'any';

/** Whether the operator compares with a value. */
export function takesValue(operator: ScopeOperator): boolean {
  return !WITHOUT_VALUE.has(operator);
}

/** Whether "or is empty" can be said of the operator. */
export function takesEmpty(operator: ScopeOperator): boolean {
  return !WITHOUT_EMPTY.has(operator);
}

/** Whether the operator asks about a group, which goes with `memberOf` alone. */
export function asksMembership(operator: ScopeOperator): boolean {
  return ABOUT_GROUPS.has(operator);
}

/** A single clause; everything else is a group of conditions. */
export function isClause(condition: ScopeCondition): condition is ScopeClause {
  return 'attribute' in condition;
}

/** Which of its conditions a group needs. */
export function kindOf(group: ConditionGroup): GroupKind {
  return 'any' in group ? 'any' : 'all';
}

/** The conditions of a group. */
export function partsOf(group: ConditionGroup): readonly ScopeCondition[] {
  return 'any' in group ? group.any : group.all;
}

/** A group of conditions. */
export function groupOf(kind: GroupKind, parts: readonly ScopeCondition[]): ConditionGroup {
  return kind === 'any' ? { any: parts } : { all: parts };
}

/** What is put there when a clause is added. */
export const NEW_CLAUSE: ScopeClause = { attribute: 'department', operator: 'EQUALS', value: '' };

/** The filters with one more, whose title no other has. */
export function addFilter(filters: readonly ScopeFilter[], word: string): readonly ScopeFilter[] {
  const titles = new Set(filters.map(({ title }) => title));
  let number = filters.length + 1;
  while (titles.has(`${word} ${number}`)) number += 1;
  return [...filters, { title: `${word} ${number}`, clauses: [NEW_CLAUSE] }];
}

/** The list with the element at `at` replaced, or without it when there is none to replace it with. */
export function replaceAt<T>(list: readonly T[], at: number, value: T | undefined): readonly T[] {
  return list.flatMap((one, index) => (index === at ? (value === undefined ? [] : [value]) : [one]));
}

/** The clause with another operator, without what that operator does not take. */
export function withOperator(clause: ScopeClause, operator: ScopeOperator): ScopeClause {
  const { value = '', orEmpty, comparison } = clause;
  const isSwitched = asksMembership(operator) !== asksMembership(clause.operator);
  const attribute = !isSwitched ? clause.attribute : asksMembership(operator) ? 'memberOf' : NEW_CLAUSE.attribute;
  return {
    attribute,
    operator,
    ...(takesValue(operator) ? { value: isSwitched ? '' : value } : {}),
    ...(comparison === undefined ? {} : { comparison }),
    ...(orEmpty === true && takesEmpty(operator) ? { orEmpty } : {}),
  };
}

/** Whether every filter can be sent: titles, clauses with attribute and value, and no empty group. */
export function isWhole(filters: readonly ScopeFilter[]): boolean {
  return filters.every(({ title, clauses }) => title.trim() !== '' && areWhole(clauses));
}

function areWhole(conditions: readonly ScopeCondition[]): boolean {
  return conditions.length > 0 && conditions.every((one) => (isClause(one) ? isTyped(one) : areWhole(partsOf(one))));
}

function isTyped({ attribute, operator, value = '' }: ScopeClause): boolean {
  return attribute.trim() !== '' && (!takesValue(operator) || value !== '');
}

/** A condition in words, as the reader's language joins them. */
export function conditionText(
  condition: ScopeCondition,
  words: Readonly<Record<'and' | 'or' | 'orEmpty', string>>,
): string {
  if (isClause(condition)) {
    const { attribute, operator, value, orEmpty } = condition;
    const compared = value === undefined ? operator : `${operator} "${value}"`;
    return `${attribute} ${compared}${orEmpty === true ? ` (${words.orEmpty})` : ''}`;
  }
  const parts = partsOf(condition).map((one) => conditionText(one, words));
  const text = parts.join(` ${kindOf(condition) === 'any' ? words.or : words.and} `);
  return parts.length > 1 ? `(${text})` : text;
}

/** What of a scope is sent when it was changed: each list by itself, so that what somebody else changed beside it stays. */
export interface ScopeChange {
  readonly scope?: ScopeShape['scope'];
  readonly users?: Partial<ScopeShape['users']>;
  readonly groups?: Partial<ScopeShape['groups']>;
}

/** What differs from what is known; empty = nothing. */
export function changesOf(draft: ScopeShape, base: ScopeShape): ScopeChange {
  const [users, groups] = [listChanges(draft.users, base.users), listChanges(draft.groups, base.groups)];
  return {
    ...(draft.scope === base.scope ? {} : { scope: draft.scope }),
    ...(Object.keys(users).length === 0 ? {} : { users }),
    ...(Object.keys(groups).length === 0 ? {} : { groups }),
  };
}

/** What was typed, put over what somebody else has saved meanwhile. */
export function rebase(draft: ScopeShape, base: ScopeShape, fresh: ScopeShape): ScopeShape {
  const { scope = fresh.scope, users, groups } = changesOf(draft, base);
  return { scope, users: { ...fresh.users, ...users }, groups: { ...fresh.groups, ...groups } };
}

function listChanges(draft: ScopeShape['users'], base: ScopeShape['users']): Partial<ScopeShape['users']> {
  const differs = (name: 'filters' | 'inputFilters'): boolean =>
    JSON.stringify(draft[name]) !== JSON.stringify(base[name]);
  return {
    ...(differs('filters') ? { filters: draft.filters } : {}),
    ...(differs('inputFilters') ? { inputFilters: draft.inputFilters } : {}),
  };
}

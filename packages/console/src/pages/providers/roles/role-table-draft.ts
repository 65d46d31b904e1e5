import type { RoleTable } from 'lockstep/admin-api/answers';

/** One role of the table. */
export type Role = RoleTable['roles'][number];

/** One rule: a value of the directory and the roles it becomes. */
export type Rule = RoleTable['rules'][number];

/** A row by its place; past the end = a new one. */
function placed<T>(list: readonly T[], at: number, row: T): readonly T[] {
  return at < list.length ? list.map((one, place) => (place === at ? row : one)) : [...list, row];
}

/** Adds a role, or changes the one at a place; rules that lead to it follow its new name. */
export function withRole({ roles, rules }: RoleTable, at: number, role: Role): RoleTable {
  const before = roles[at]?.name;
  const followed = (names: readonly string[]): readonly string[] =>
    names.map((name) => (name === before ? role.name : name));
  return { roles: placed(roles, at, role), rules: rules.map((rule) => ({ ...rule, roles: followed(rule.roles) })) };
}

/** Takes a role away, and out of the rules; rules that would lead nowhere go with it. */
export function withoutRole({ roles, rules }: RoleTable, at: number): RoleTable {
  const gone = roles[at]?.name;
  const left = rules.map((rule) => ({ rule, next: { ...rule, roles: rule.roles.filter((name) => name !== gone) } }));
  return {
    roles: roles.filter((_, place) => place !== at),
    rules: left.filter(({ rule, next }) => next.roles.length > 0 || rule.roles.length === 0).map(({ next }) => next),
  };
}

/** Adds a rule, or changes the one at a place. */
export function withRule({ roles, rules }: RoleTable, at: number, rule: Rule): RoleTable {
  return { roles, rules: placed(rules, at, rule) };
}

/** Takes a rule away. */
export function withoutRule({ roles, rules }: RoleTable, at: number): RoleTable {
  return { roles, rules: rules.filter((_, place) => place !== at) };
}

/** A row one place up (-1) or down (1); at the end it stays. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): readonly T[] {
  const [row, other] = [list[at], list[at + by]];
  if (row === undefined || other === undefined) return list;
  return list.map((one, place) => (place === at ? other : place === at + by ? row : one));
}

/** What is wrong with the name of a role, or the value of a rule. */
export type NameFault = 'empty' | 'blank' | 'taken';

/** Looks at the name of a role among the others. In an app with a list a name has no blanks and no comma. */
export function roleFault(name: string, others: readonly string[], isListed: boolean): NameFault | undefined {
  if (name.trim() === '') return 'empty';
  if (isListed && /[\s,]/.test(name.trim())) return 'blank';
  return others.includes(name.trim()) ? 'taken' : undefined;
}

/** Looks at the value of a rule among the others. */
export function ruleFault(value: string, others: readonly string[]): NameFault | undefined {
  if (value.trim() === '') return 'empty';
  return others.includes(value.trim()) ? 'taken' : undefined;
}

/** Names one a line, each once. */
export function readNames(text: string): readonly string[] {
  const names = text.split('\n').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

import type { ScopeClause, ScopeCondition, ScopeFilter, ScopeOperator } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import { pointerTo } from './expect-graph-schema.ts';
import type { GraphClause, GraphFilterGroup, GraphFinding, GraphIssue } from './graph-schema.ts';

/** Operators by their letters alone: exports and portals differ in case, blanks and underscores. */
const OPERATORS: ReadonlyMap<string, ScopeOperator> = new Map(
  (
    [
      'EQUALS',
      'NOT EQUALS',
      'REGEX MATCH',
      'NOT REGEX MATCH',
      'IS NULL',
      'IS NOT NULL',
      'IS TRUE',
      'IS FALSE',
      'GREATER_THAN',
      'GREATER_THAN_OR_EQUALS',
      'INCLUDES',
      'ENDS_WITH',
      'IS MEMBER OF',
      'IS NOT MEMBER OF',
    ] as const
  ).map((operator) => [lettersOf(operator), operator]),
);

function lettersOf(operator: string): string {
  return operator.toUpperCase().replace(/[^A-Z]/g, '');
}

/** Most groups one filter is written as. */
const GROUPS_MAX = 500;

/** Where readers tell what they came across. */
export interface GraphNotes {
  readonly findings: GraphFinding[];
  /** Places that cannot be read at all. */
  readonly issues: GraphIssue[];
}

/**
 * Reads filter groups. An operator that is not known cannot be left out, since the scope would widen or narrow: it is an issue.
 */
export function readFilterGroups(
  groups: readonly GraphFilterGroup[] | null | undefined,
  pointer: string,
  notes: GraphNotes,
): readonly ScopeFilter[] {
  return (groups ?? []).flatMap((group, at): ScopeFilter[] => {
    const place = pointerTo(pointer, at);
    const clauses = (group.clauses ?? []).flatMap((clause, index) => {
      return readClause(clause, pointerTo(pointerTo(place, 'clauses'), index), notes);
    });
    if (clauses.length === 0) {
      const message = 'a filter group without clauses lets everybody pass; it is left out';
      notes.findings.push({ pointer: place, message, advice: 'Delete the group, or give it a clause.' });
      return [];
    }
    const title = group.name === null || group.name === undefined || group.name.trim() === '' ? undefined : group.name;
    return [{ title: title ?? `Filter ${at + 1}`, clauses }];
  });
}

function readClause(clause: GraphClause, pointer: string, notes: GraphNotes): readonly ScopeCondition[] {
  const operator = OPERATORS.get(lettersOf(clause.operatorName));
  if (operator === undefined) {
    const message = `the operator ${JSON.stringify(clause.operatorName)} is not known; known are ${[...OPERATORS.values()].join(', ')}`;
    notes.issues.push({ pointer: pointerTo(pointer, 'operatorName'), message });
    return [];
  }
  const attribute = clause.sourceOperandName;
  const [value, ...more] = (clause.targetOperand?.values ?? []).filter((one) => one !== '');
  if (value === undefined) return [{ attribute, operator }];
  if (more.length === 0) return [{ attribute, operator, value }];
  const message = `a clause with ${more.length + 1} values; one of them is taken to be enough`;
  notes.findings.push({ pointer, message, advice: 'Write one filter for each value if that is not what is meant.' });
  return [{ any: [value, ...more].map((one) => ({ attribute, operator, value: one })) }];
}

/**
 * Writes filters as groups. Nested conditions and `orEmpty` are multiplied out, which says the same; `comparison: any` has no
 * place in a clause of Graph and is lost.
 *
 * @throws {ConfigurationError} `invalidFilter` when a filter multiplies out to more than 500 groups
 */
export function writeFilterGroups(filters: readonly ScopeFilter[]): readonly GraphFilterGroup[] {
  return filters.flatMap((filter) => {
    const ways = product(
      filter,
      filter.clauses.map((condition) => waysOf(filter, condition)),
    );
    return ways.map((clauses) => ({ name: filter.title, clauses: clauses.map(writeClause) }));
  });
}

type Way = readonly ScopeClause[];

function waysOf(filter: ScopeFilter, condition: ScopeCondition): readonly Way[] {
  if ('any' in condition)
    return bounded(
      filter,
      condition.any.flatMap((part) => waysOf(filter, part)),
    );
  if ('all' in condition)
    return product(
      filter,
      condition.all.map((part) => waysOf(filter, part)),
    );
  if (condition.orEmpty !== true) return [[condition]];
  const { attribute } = condition;
  return [[condition], [{ attribute, operator: 'IS NULL' }]];
}

function product(filter: ScopeFilter, parts: readonly (readonly Way[])[]): readonly Way[] {
  let ways: readonly Way[] = [[]];
  for (const part of parts) {
    if (ways.length * part.length > GROUPS_MAX) throw tooMany(filter);
    ways = ways.flatMap((way) => part.map((more) => [...way, ...more]));
  }
  return ways;
}

function bounded(filter: ScopeFilter, ways: readonly Way[]): readonly Way[] {
  if (ways.length > GROUPS_MAX) throw tooMany(filter);
  return ways;
}

function tooMany({ title }: ScopeFilter): ConfigurationError {
  const message = `written for Graph, which nests nothing, it would be more than ${GROUPS_MAX} filter groups`;
  return new ConfigurationError('invalidFilter', title, message);
}

function writeClause({ attribute, operator, value }: ScopeClause): GraphClause {
  const values = value === undefined || value === '' ? [] : [value];
  return { sourceOperandName: attribute, operatorName: operator, targetOperand: { values } };
}

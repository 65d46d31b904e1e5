import type { SqlFlavour } from '../database/database.ts';
import type { SqlValue } from '../database/operation.ts';

/** A piece of a where clause over `resource r`, with its parameters in order. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Where a condition is to hold. */
export interface ConditionScope {
  readonly realm: number;
  readonly type: string;
  readonly flavour: SqlFlavour;
  readonly uniqueName: string | null;
  readonly indexedValues: readonly string[];
}

/**
 * A template of SQL: conditions are put in as they are, with their parameters; anything else becomes a parameter, so that
 * nothing a client sends can ever be part of a statement's text.
 */
export function sql(words: readonly string[], ...parts: readonly (SqlCondition | SqlValue)[]): SqlCondition {
  let text = words[0] ?? '';
  const parameters: SqlValue[] = [];
  for (const [at, part] of parts.entries()) {
    const isPiece = typeof part === 'object' && part !== null;
    text += `${isPiece ? part.sql : '?'}${words[at + 1] ?? ''}`;
    if (isPiece) parameters.push(...part.parameters);
    else parameters.push(part);
  }
  return { sql: text, parameters };
}

/** The opposite of a condition that is never null. */
export function negated(condition: SqlCondition): SqlCondition {
  return sql`(not ${condition})`;
}

export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return joined(conditions, ' and ');
}

export function anyOf(conditions: readonly SqlCondition[]): SqlCondition {
  return joined(conditions, ' or ');
}

function joined(conditions: readonly SqlCondition[], word: string): SqlCondition {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  return {
    sql: `(${conditions.map((one) => one.sql).join(word)})`,
    parameters: conditions.flatMap((one) => one.parameters),
  };
}

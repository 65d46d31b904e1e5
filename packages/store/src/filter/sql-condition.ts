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

import {
  ConfigurationError,
  compileJob,
  ExpressionError,
  findDoubts,
  findRowProblems,
  type JobDefinition,
  parseExpression,
} from '@lockstep/engine';
import { type Issue, LockstepError } from '../lockstep-error.ts';

/**
 * Looks whether a job can run.
 * @throws {LockstepError} `invalidValue` with what the engine says about the job, and every row that cannot work
 */
export function checkDefinition(definition: JobDefinition): void {
  try {
    compileJob(definition);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new LockstepError('invalidValue', error.message, { cause: error, issues: rowIssues(definition) });
  }
}

/** Every row that cannot work by itself. */
export function rowIssues(definition: JobDefinition): readonly Issue[] {
  return (['users', 'groups'] as const).flatMap((object) =>
    findRowProblems(definition[object]).map(({ index, error }) => ({
      place: `${object}.mappings[${index}] ${definition[object].mappings[index]?.target ?? ''}`,
      message: error.message,
    })),
  );
}

/** What runs here and is doubtful in Entra, row by row. Rows that are switched off are not looked at. */
export function rowWarnings(definition: JobDefinition): readonly Issue[] {
  return (['users', 'groups'] as const).flatMap((object) =>
    definition[object].mappings.flatMap((row) => {
      if (row.source.kind !== 'expression' || row.enabled === false) return [];
      const place = `${object}.mappings ${row.target}`;
      return doubtsOf(row.source.text).map((message) => ({ place, message }));
    }),
  );
}

/** Doubts about one expression, with their places; none about one that cannot be read. */
export function doubtsOf(text: string): readonly string[] {
  try {
    return findDoubts(parseExpression(text)).map(
      ({ message, position }) => `${message} (at character ${position + 1})`,
    );
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

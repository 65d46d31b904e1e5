import type { ObjectMapping } from '@lockstep/gallery';
import { printPath } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { compileRow, schemaTypeOf } from './compile-mapping.ts';

/** A row that cannot run, and why. */
export interface RowProblem {
  /** Position in `mappings`, from 0. */
  readonly index: number;
  readonly error: ConfigurationError;
}

/**
 * Every row that cannot run by itself: expression, target, a target that another row has. Rows that are switched off are not
 * looked at. What concerns the whole table (matching, required attributes) is `compileMapping`'s to say.
 */
export function findRowProblems(mapping: ObjectMapping): readonly RowProblem[] {
  const type = schemaTypeOf(mapping.objectType);
  const seen = new Set<string>();
  return mapping.mappings.flatMap((row, index): RowProblem[] => {
    if (row.enabled === false) return [];
    try {
      const key = printPath(compileRow(row, mapping, type).path.patch).toLowerCase();
      if (seen.has(key)) {
        throw new ConfigurationError('invalidMapping', row.target, 'two mappings have this target');
      }
      seen.add(key);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return [{ index, error }];
      throw error;
    }
  });
}

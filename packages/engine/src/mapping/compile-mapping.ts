import type { AttributeMapping, MappingSource, ObjectMapping } from '@lockstep/gallery';
import { groupType, type ResourceType, userType } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { attributeStep, type CompiledExpression, compileExpression } from '../expression/compile-expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import type { Step } from '../expression/step.ts';
import { readTargetPath, type TargetPath } from './target-path.ts';

/** One mapping row, made ready to run many times. */
export interface CompiledMapping {
  readonly mapping: AttributeMapping;
  readonly path: TargetPath;
  /** Absent for mapping type None. */
  readonly step: Step | undefined;
  readonly expression: CompiledExpression | undefined;
  /** Source attributes it reads. */
  readonly attributes: readonly string[];
  readonly isRequired: boolean;
  /** It changes when a person leaves: it reads IsSoftDeleted or accountEnabled. */
  readonly carriesSoftDelete: boolean;
  /** How a list meets what the app has: `replace` is exact, `add` never takes anything away. */
  readonly merge: 'replace' | 'add';
}

/** All mapping rows of one object type, made ready to run many times. */
export interface CompiledObjectMapping {
  readonly objectType: ObjectMapping['objectType'];
  readonly type: ResourceType;
  readonly mappings: readonly CompiledMapping[];
  /** Matching rows, lowest precedence first; rows of one precedence in their order. */
  readonly matching: readonly CompiledMapping[];
  /** Every source attribute some row reads. */
  readonly attributes: readonly string[];
}

/**
 * Reads all expressions and targets of an object mapping.
 * @throws {ConfigurationError} `invalidMapping` with the target, `invalidMatching` when no row can find existing accounts
 */
export function compileMapping(mapping: ObjectMapping): CompiledObjectMapping {
  const type = mapping.objectType === 'user' ? userType : groupType;
  const mappings = mapping.mappings.map((row) => compileRow(row, mapping, type));
  const doubled = mappings.find((row, index) => mappings.findIndex((other) => isSameTarget(row, other)) < index);
  if (doubled !== undefined) throw invalid(doubled.mapping.target, 'two mappings have this target');
  const matching = mappings
    .filter(({ mapping: row }) => (row.matchingPrecedence ?? 0) > 0)
    .toSorted((first, second) => (first.mapping.matchingPrecedence ?? 0) - (second.mapping.matchingPrecedence ?? 0));
  checkMatching(mapping, matching);
  const attributes = [...new Set(mappings.flatMap((row) => row.attributes))];
  return { objectType: mapping.objectType, type, mappings, matching, attributes };
}

function isSameTarget(first: CompiledMapping, second: CompiledMapping): boolean {
  return first.path.text.toLowerCase() === second.path.text.toLowerCase();
}

function checkMatching(mapping: ObjectMapping, matching: readonly CompiledMapping[]): void {
  if (matching.length === 0) {
    throw new ConfigurationError('invalidMatching', mapping.objectType, 'at least one mapping must match objects');
  }
  for (const { mapping: row, path, expression } of matching) {
    const described = mapping.targetAttributes.find(({ name }) => name.toLowerCase() === row.target.toLowerCase());
    const problem = matchingProblem(path, described?.filterable ?? described === undefined, expression);
    if (problem !== undefined) throw new ConfigurationError('invalidMatching', row.target, problem);
  }
}

function matchingProblem(
  path: TargetPath,
  isFilterable: boolean,
  expression: CompiledExpression | undefined,
): string | undefined {
  if (path.shape !== 'single') return 'only an attribute with one value can match objects';
  if (!isFilterable) return 'the app does not support filtering by this attribute, so it cannot match objects';
  if (expression?.functions.includes('SelectUniqueValue'))
    return 'SelectUniqueValue cannot be used on a matching attribute';
  return undefined;
}

function compileRow(row: AttributeMapping, object: ObjectMapping, type: ResourceType): CompiledMapping {
  const described = object.targetAttributes.find(({ name }) => name.toLowerCase() === row.target.toLowerCase());
  const path = readTargetPath(row.target, type, described);
  const expression = row.source.kind === 'expression' ? compileText(row, row.source.text) : undefined;
  if (expression?.functions.includes('SelectUniqueValue') && row.apply !== 'create-only') {
    throw invalid(row.target, 'SelectUniqueValue may only be applied during object creation');
  }
  const attributes = attributesOf(row.source, expression);
  return {
    mapping: row,
    path,
    step: stepOf(row.source, expression),
    expression,
    attributes,
    isRequired: described?.required ?? false,
    carriesSoftDelete: attributes.includes('IsSoftDeleted') || attributes.includes('accountEnabled'),
    merge: expression?.functions.includes('AppRoleAssignmentsComplex') ? 'add' : 'replace',
  };
}

function compileText(row: AttributeMapping, text: string): CompiledExpression {
  try {
    return compileExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const place = error.position === undefined ? '' : ` (at character ${error.position + 1})`;
    throw new ConfigurationError('invalidMapping', row.target, `${error.message}${place}`, error);
  }
}

function stepOf(source: MappingSource, expression: CompiledExpression | undefined): Step | undefined {
  switch (source.kind) {
    case 'attribute':
      return attributeStep(source.name);
    case 'constant': {
      const { value } = source;
      return () => value;
    }
    case 'expression':
      return expression?.step;
    case 'none':
      return undefined;
  }
}

function attributesOf(source: MappingSource, expression: CompiledExpression | undefined): readonly string[] {
  return source.kind === 'attribute' ? [source.name] : (expression?.attributes ?? []);
}

function invalid(target: string, message: string): ConfigurationError {
  return new ConfigurationError('invalidMapping', target, message);
}

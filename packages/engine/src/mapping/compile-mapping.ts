import type { AttributeMapping, FlowType, MappingSource, ObjectMapping, TargetAttribute } from '@lockstep/gallery';
import { groupType, type Json, printPath, type ResourceType, userType } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { attributeStep, type CompiledExpression, compileExpression } from '../expression/compile-expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { findProblems } from '../expression/parse-expression.ts';
import type { ExpressionMode, Step } from '../expression/step.ts';
import { convertValue, type RoleShape } from './convert-value.ts';
import { readTargetPath, type TargetPath } from './target-path.ts';
import { withCustomAttributes } from './with-custom-attributes.ts';

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
  /** What role objects of the row look like. */
  readonly roleShape: RoleShape;
  /** When it is written: as configured, but an immutable target is written at creation only. */
  readonly apply: FlowType;
  /** Sent whenever the object is looked at, also without a difference. */
  readonly isAlwaysSent: boolean;
  /** False for what the app never answers: such a value is never compared, and updates leave it out unless always sent. */
  readonly isComparable: boolean;
  /** A null source takes the attribute out of the account. */
  readonly clearsWhenNull: boolean;
  /** What takes the place of a missing value: the mapping's default, or that of a required attribute. */
  readonly fallback: Json;
  readonly usesFallbackOnUpdate: boolean;
}

/** All mapping rows of one object type, made ready to run many times. */
export interface CompiledObjectMapping {
  readonly objectType: ObjectMapping['objectType'];
  /** The SCIM type with the custom attributes that rows write. */
  readonly type: ResourceType;
  readonly mappings: readonly CompiledMapping[];
  /** Matching rows, lowest precedence first; rows of one precedence in their order. */
  readonly matching: readonly CompiledMapping[];
  /** Every source attribute some row reads. */
  readonly attributes: readonly string[];
  /** How expressions settle what Microsoft leaves open. */
  readonly mode: ExpressionMode;
}

/**
 * Reads all expressions and targets of an object mapping.
 * @throws {ConfigurationError} `invalidMapping` with the target, `invalidMatching` when no row can find existing accounts
 */
export function compileMapping(mapping: ObjectMapping, mode: ExpressionMode = 'entra'): CompiledObjectMapping {
  const schemaType = schemaTypeOf(mapping.objectType);
  const running = mapping.mappings.filter(({ enabled }) => enabled !== false);
  const rows = [...running, ...defaultedRows(mapping, running)];
  const mappings = rows.map((row) => compileRow(row, mapping, schemaType));
  const seen = new Set<string>();
  for (const row of mappings) {
    const key = printPath(row.path.patch).toLowerCase();
    if (seen.has(key)) throw invalid(row.mapping.target, 'two mappings have this target');
    seen.add(key);
  }
  const matching = mappings
    .filter(({ mapping: row }) => (row.matchingPrecedence ?? 0) > 0)
    .toSorted((first, second) => (first.mapping.matchingPrecedence ?? 0) - (second.mapping.matchingPrecedence ?? 0));
  checkMatching(mapping, matching);
  checkRequired(mapping, rows);
  const attributes = [...new Set(mappings.flatMap((row) => row.attributes))];
  const type = withCustomAttributes(
    schemaType,
    mappings.map(({ path }) => path),
  );
  return { objectType: mapping.objectType, type, mappings, matching, attributes, mode };
}

/** Required attributes that no mapping feeds: their default is written at creation (rule MAP-3). */
function defaultedRows(mapping: ObjectMapping, running: readonly AttributeMapping[]): readonly AttributeMapping[] {
  const fed = new Set(running.map(({ target }) => target.toLowerCase()));
  return mapping.targetAttributes.flatMap(
    ({ name, required, anchor, mutability, defaultValue }): AttributeMapping[] => {
      if (required !== true || anchor === true || mutability === 'ReadOnly' || fed.has(name.toLowerCase())) return [];
      if (defaultValue === undefined) return [];
      return [{ target: name, source: { kind: 'none' }, defaultValue, apply: 'create-only' }];
    },
  );
}

function checkRequired(mapping: ObjectMapping, rows: readonly AttributeMapping[]): void {
  if (!mapping.enabled) return;
  const fed = new Set(rows.map(({ target }) => target.toLowerCase()));
  const hungry = mapping.targetAttributes.find(
    ({ name, required, anchor, mutability }) =>
      required === true && anchor !== true && mutability !== 'ReadOnly' && !fed.has(name.toLowerCase()),
  );
  if (hungry === undefined) return;
  const text = 'the app requires this attribute: it needs a mapping, or a default value in the attribute list';
  throw invalid(hungry.name, text);
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

/** The SCIM type that objects become. */
export function schemaTypeOf(objectType: ObjectMapping['objectType']): ResourceType {
  return objectType === 'user' ? userType : groupType;
}

/**
 * Reads one row.
 * @throws {ConfigurationError} `invalidMapping` with the target
 */
export function compileRow(row: AttributeMapping, object: ObjectMapping, type: ResourceType): CompiledMapping {
  const described = object.targetAttributes.find(({ name }) => name.toLowerCase() === row.target.toLowerCase());
  const path = readTargetPath(row.target, type, described);
  checkRow(row, described);
  checkMembers(row, path);
  const expression = row.source.kind === 'expression' ? compileText(row, row.source.text) : undefined;
  if (expression?.functions.includes('SelectUniqueValue') && row.apply !== 'create-only') {
    throw invalid(row.target, 'SelectUniqueValue may only be applied during object creation');
  }
  const attributes = attributesOf(row.source, expression);
  const apply = described?.mutability === 'Immutable' || path.isImmutable ? 'create-only' : row.apply;
  return {
    mapping: row,
    path,
    step: stepOf(row.source, expression),
    expression,
    attributes,
    isRequired: described?.required ?? false,
    carriesSoftDelete: attributes.includes('IsSoftDeleted') || attributes.includes('accountEnabled'),
    merge: mergeOf(apply, expression),
    roleShape: expression?.functions.includes('AppRoleAssignmentsComplex') ? 'complex' : 'assertive',
    apply,
    isAlwaysSent: row.flowBehavior === 'always',
    isComparable: described?.mutability !== 'WriteOnly' && !path.isWriteOnly,
    clearsWhenNull: row.clearWhenNull === true,
    fallback: fallbackOf(row, described, path),
    usesFallbackOnUpdate: row.defaultOn === 'create-and-update',
  };
}

function mergeOf(apply: FlowType, expression: CompiledExpression | undefined): 'replace' | 'add' {
  if (apply === 'multi-value-add-only' || apply === 'value-add-only') return 'add';
  return expression?.functions.includes('AppRoleAssignmentsComplex') ? 'add' : 'replace';
}

/** The attribute's own default stands in only where the app asks for a value (rule MAP-3). */
function fallbackOf(row: AttributeMapping, described: TargetAttribute | undefined, path: TargetPath): Json {
  const text = row.defaultValue ?? (described?.required === true ? described.defaultValue : undefined);
  if (text === undefined || path.shape === 'reference') return null;
  try {
    return convertValue(path, text);
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid(row.target, `default value: ${error.message}`);
    throw error;
  }
}

/** What Entra refuses, too (rule MAP-4), and settings that contradict each other. */
function checkRow(row: AttributeMapping, described: TargetAttribute | undefined): void {
  if (described?.anchor === true) throw invalid(row.target, "the app's own key cannot be mapped");
  if (described?.mutability === 'ReadOnly') throw invalid(row.target, 'the attribute list says that it is read-only');
  if (row.source.kind === 'attribute' && row.source.name === 'appRoleAssignments') {
    const functions = 'SingleAppRoleAssignment, AppRoleAssignmentsComplex or AssertiveAppRoleAssignmentsComplex';
    throw invalid(row.target, `appRoleAssignments cannot be mapped directly: use an expression with ${functions}`);
  }
  if (row.clearWhenNull !== true) return;
  if (described?.required === true) throw invalid(row.target, 'a required attribute cannot be cleared');
  if (row.apply !== 'always') throw invalid(row.target, `clearWhenNull does not go with apply ${row.apply}`);
  if (described?.mutability === 'Immutable') throw invalid(row.target, 'an immutable attribute cannot be cleared');
}

/** Memberships are compared as two sets, so that nothing stays by accident. */
function checkMembers({ target, apply }: AttributeMapping, path: TargetPath): void {
  if (path.shape !== 'reference' || !path.isMultiValued) return;
  if (apply !== 'value-add-only' && apply !== 'multi-value-add-only') return;
  throw invalid(target, `apply ${apply} does not go with members: a membership that ends is taken away`);
}

function compileText(row: AttributeMapping, text: string): CompiledExpression {
  try {
    return compileExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { message, position } = error;
    const others = findProblems(text).filter((one) => one.message !== message || one.position !== position);
    throw new ConfigurationError('invalidMapping', row.target, [error, ...others].map(placedMessage).join('; '), error);
  }
}

function placedMessage({ message, position }: ExpressionError): string {
  return position === undefined ? message : `${message} (at character ${position + 1})`;
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

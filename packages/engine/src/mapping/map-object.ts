import type { Json } from '@lockstep/scim';
import { evaluate, REDACTED } from '../expression/evaluate.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import type { EvaluationContext, SourceObject } from '../expression/step.ts';
import { isFlow, itemText, listOf, type Outcome, skipAttribute, skipObject } from '../expression/value.ts';
import type { CompiledMapping, CompiledObjectMapping } from './compile-mapping.ts';
import { convertValue } from './convert-value.ts';

/** One target attribute and the value it should have. Attributes without a value are not among them. */
export interface MappedValue {
  readonly row: CompiledMapping;
  readonly value: Json;
  /** The source had nothing, so the default was taken: it counts at creation, and with `defaultOn` also in updates. */
  readonly isDefault: boolean;
  /** Logs, previews and mails show `[Redact]`. */
  readonly isRedacted: boolean;
  /** Further candidates of SelectUniqueValue, to try in order when the value is taken. */
  readonly otherCandidates?: readonly string[];
}

/** A target attribute that names other objects, by their source ids. */
export interface MappedReference {
  readonly row: CompiledMapping;
  readonly sourceIds: readonly string[];
}

/** A source object as the app should have it. */
export interface MappedResource {
  readonly mapping: CompiledObjectMapping;
  /** In the order of the mapping rows. */
  readonly values: readonly MappedValue[];
  /** Written in a second pass, when the referenced objects have accounts. */
  readonly references: readonly MappedReference[];
  /** Rows whose source is null and whose target is to be empty in the account, too. Absent = none. */
  readonly cleared?: readonly CompiledMapping[];
}

/** What mapping an object leads to. */
export type MapResult =
  | { readonly kind: 'mapped'; readonly mapped: MappedResource }
  /** An expression said IgnoreObjectFlow. */
  | { readonly kind: 'ignored'; readonly target: string; readonly text: string }
  /** Nothing of the object may be written. `MissingValues`: a required attribute has neither value nor default. */
  | {
      readonly kind: 'failed';
      readonly code: 'AttributeMappingFailed' | 'MissingValues';
      readonly target: string;
      readonly text: string;
    };

/** Evaluates every mapping row over the complete source object. Rows without a value are left out, so nothing is cleared. */
export function mapObject(mapping: CompiledObjectMapping, source: SourceObject, context: EvaluationContext): MapResult {
  const draft: Draft = { values: [], references: [], cleared: [] };
  const moded = mapping.mode === 'entra' ? context : { ...context, mode: mapping.mode };
  for (const row of mapping.mappings) {
    const stop = tryRow(row, draft, source, moded);
    if (stop !== undefined) return stop;
  }
  const { values, references, cleared } = draft;
  return { kind: 'mapped', mapped: { mapping, values, references, ...(cleared.length === 0 ? {} : { cleared }) } };
}

interface Draft {
  readonly values: MappedValue[];
  readonly references: MappedReference[];
  readonly cleared: CompiledMapping[];
}

function tryRow(
  row: CompiledMapping,
  draft: Draft,
  ...[source, context]: readonly [SourceObject, EvaluationContext]
): MapResult | undefined {
  try {
    return mapRow(row, draft, evaluateRow(row, source, context));
  } catch (error) {
    if (error instanceof ExpressionError) return failed(row, error);
    throw error;
  }
}

function mapRow(row: CompiledMapping, draft: Draft, result: RowResult): MapResult | undefined {
  const { outcome } = result;
  if (isFlow(outcome)) return outcome === skipObject ? ignored(row) : undefined;
  if (row.path.shape === 'reference') {
    draft.references.push({ row, sourceIds: listOf(outcome).map(itemText) });
    return undefined;
  }
  const value = mappedValue(row, outcome, result);
  if (value !== undefined) draft.values.push(value);
  else if (row.isRequired) return missing(row);
  if (row.clearsWhenNull && (value === undefined || (value.isDefault && !row.usesFallbackOnUpdate))) {
    draft.cleared.push(row);
  }
  return undefined;
}

interface RowResult {
  readonly outcome: Outcome;
  readonly isRedacted: boolean;
  readonly otherCandidates?: readonly string[];
}

const NOTHING: RowResult = { outcome: null, isRedacted: false };

function evaluateRow(row: CompiledMapping, source: SourceObject, context: EvaluationContext): RowResult {
  const { expression, step } = row;
  if (step === undefined) return NOTHING;
  if (expression === undefined) return { outcome: step(source, context), isRedacted: false };
  const result = evaluate(expression, source, context);
  switch (result.kind) {
    case 'value':
      return { outcome: result.value, isRedacted: result.isRedacted };
    case 'candidates': {
      const [first = null, ...otherCandidates] = result.values;
      return { outcome: first, isRedacted: result.isRedacted, otherCandidates };
    }
    case 'ignoreFlow':
      return { outcome: skipAttribute, isRedacted: false };
    case 'ignoreObject':
      return { outcome: skipObject, isRedacted: false };
  }
}

function mappedValue(
  row: CompiledMapping,
  outcome: Exclude<Outcome, { flow: unknown }>,
  result: RowResult,
): MappedValue | undefined {
  const value = convertValue(row.path, outcome, row.roleShape);
  const { isRedacted, otherCandidates } = result;
  if (value !== null) {
    const mapped = { row, value, isDefault: false, isRedacted };
    return otherCandidates === undefined ? mapped : { ...mapped, otherCandidates };
  }
  return row.fallback === null ? undefined : { row, value: row.fallback, isDefault: true, isRedacted: false };
}

function ignored(row: CompiledMapping): MapResult {
  const { target } = row.mapping;
  return { kind: 'ignored', target, text: `The expression of ${target} leaves this object out (IgnoreObjectFlow).` };
}

function missing(row: CompiledMapping): MapResult {
  const { target } = row.mapping;
  const text = `${target} is required by the app, but the source has no value and there is no default.`;
  return { kind: 'failed', code: 'MissingValues', target, text };
}

function failed(row: CompiledMapping, error: ExpressionError): MapResult {
  const { target, source } = row.mapping;
  const from = source.kind === 'expression' ? ` Expression: ${source.text}` : '';
  const text = `The value for ${target} could not be made: ${error.message}.${from}`;
  return { kind: 'failed', code: 'AttributeMappingFailed', target, text };
}

/** A mapped value as logs and previews show it. */
export function shownValue(mapped: Pick<MappedValue, 'value' | 'isRedacted'>): string | null {
  return mapped.isRedacted ? REDACTED : jsonText(mapped.value);
}

/** A JSON value as logs show it: text as it is, booleans as Entra writes them, everything else as JSON. */
export function jsonText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

import type { ObjectMapping } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import type { EvaluationContext, ExpressionMode, SourceObject } from '../expression/step.ts';
import { type CompiledMapping, compileRow, schemaTypeOf } from './compile-mapping.ts';
import { mapObject, shownValue } from './map-object.ts';

/** What one row gives for one person. */
export interface RowPreview {
  readonly target: string;
  /**
   * `value`: it is written; `default`: the default is, where it counts; `reference`: ids of directory objects; `nothing`: the
   * target is left alone; `off`: the row does not run; `ignored`: the whole person is left out; `error`: see `text`.
   */
  readonly kind: 'value' | 'default' | 'reference' | 'nothing' | 'off' | 'ignored' | 'error';
  /** As logs show it; redacted values are `[Redact]`. */
  readonly value: string | null;
  /** One sentence, of an error or of what is left out. */
  readonly text?: string;
}

/**
 * What every row gives for a source object, each by itself: unlike in a cycle, a row that fails stops no other one, and a row
 * that cannot even run is told in its place.
 */
export function previewRows(
  mapping: ObjectMapping,
  source: SourceObject,
  context: EvaluationContext & { readonly mode?: ExpressionMode },
): readonly RowPreview[] {
  const type = schemaTypeOf(mapping.objectType);
  return mapping.mappings.map((row): RowPreview => {
    const { target } = row;
    if (row.enabled === false) return { target, kind: 'off', value: null };
    try {
      const compiled = compileRow(row, mapping, type);
      return previewRow(compiled, { mapping, type, source, context });
    } catch (error) {
      if (error instanceof ConfigurationError) return { target, kind: 'error', value: null, text: error.message };
      throw error;
    }
  });
}

interface RowSurroundings {
  readonly mapping: ObjectMapping;
  readonly type: ReturnType<typeof schemaTypeOf>;
  readonly source: SourceObject;
  readonly context: EvaluationContext & { readonly mode?: ExpressionMode };
}

function previewRow(row: CompiledMapping, { mapping, type, source, context }: RowSurroundings): RowPreview {
  const { target } = row.mapping;
  const { objectType } = mapping;
  const { attributes } = row;
  const mode = context.mode ?? 'entra';
  const result = mapObject({ objectType, type, mappings: [row], matching: [], attributes, mode }, source, context);
  if (result.kind === 'ignored') return { target, kind: 'ignored', value: null, text: result.text };
  if (result.kind === 'failed') return { target, kind: 'error', value: null, text: result.text };
  const [value] = result.mapped.values;
  if (value !== undefined) return { target, kind: value.isDefault ? 'default' : 'value', value: shownValue(value) };
  const [reference] = result.mapped.references;
  if (reference === undefined || reference.sourceIds.length === 0) return { target, kind: 'nothing', value: null };
  return { target, kind: 'reference', value: reference.sourceIds.join(', ') };
}

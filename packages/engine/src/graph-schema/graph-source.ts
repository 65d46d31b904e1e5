import type { MappingSource } from '@lockstep/gallery';
import { ExpressionError } from '../expression/expression-error.ts';
import type { FunctionParameter } from '../expression/functions/function-definition.ts';
import { findFunction } from '../expression/functions/registry.ts';
import { graphExpression } from '../expression/graph-expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { printText } from '../expression/print-expression.ts';
import type { GraphSource } from './graph-schema.ts';

/** Reads the source of a row. The text of an expression counts; without one it is printed from the tree. */
export function readGraphSource(source: GraphSource | null | undefined): MappingSource {
  if (source === null || source === undefined) return { kind: 'none' };
  const type = source.type?.toLowerCase();
  const { name, expression } = source;
  if (type === 'constant') return { kind: 'constant', value: name ?? constantOf(expression ?? '') };
  if (type === 'attribute') return { kind: 'attribute', name: name ?? attributeOf(expression ?? '') };
  return { kind: 'expression', text: treeText(source) };
}

function treeText(source: GraphSource): string {
  const { expression, name, parameters } = source;
  if (typeof expression === 'string' && expression.trim() !== '') return expression;
  const type = source.type?.toLowerCase();
  if (type === 'attribute') return `[${name ?? ''}]`;
  if (type === 'constant') return printText(name ?? '');
  return `${name ?? ''}(${slotTexts(name ?? '', parameters ?? []).join(', ')})`;
}

type GraphParameters = NonNullable<GraphSource['parameters']>;

/** Texts of a call's slots. A tree lists only given arguments, so the keys say which slots stay blank. */
function slotTexts(name: string, given: GraphParameters): readonly string[] {
  const texts = given.map(({ value }) => (value === null ? '' : treeText(value)));
  const known = findFunction(name)?.parameters ?? [];
  const places = given.map(({ key }) => placeOf(known, key));
  const isPlaced = places.every(
    (place, index) => place !== undefined && (index === 0 || place >= (places[index - 1] ?? 0)),
  );
  if (!isPlaced) return texts;
  const slots: string[] = [];
  texts.forEach((text, index) => {
    while (slots.length < (places[index] ?? 0)) slots.push('');
    slots.push(text);
  });
  return slots;
}

function placeOf(known: readonly FunctionParameter[], key: string | null | undefined): number | undefined {
  const lower = (key ?? '').toLowerCase();
  const place = known.findIndex((one) => one.name.toLowerCase() === lower || one.graphName?.toLowerCase() === lower);
  return place < 0 ? undefined : place;
}

function constantOf(expression: string): string {
  const parsed = tryParse(expression);
  return parsed?.kind === 'text' ? parsed.value : expression;
}

function attributeOf(expression: string): string {
  const parsed = tryParse(expression);
  return parsed?.kind === 'attribute' ? parsed.name : expression;
}

function tryParse(text: string): ReturnType<typeof parseExpression> | undefined {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/**
 * Writes the source of a row. The text of an expression is kept as it was written; the tree below it has the canonical form,
 * and numbers are constants in it that hold text.
 */
export function writeGraphSource(source: MappingSource): GraphSource | null {
  switch (source.kind) {
    case 'none':
      return null;
    case 'attribute':
      return { expression: `[${source.name}]`, name: source.name, parameters: [], type: 'Attribute' };
    case 'constant':
      return { expression: printText(source.value), name: source.value, parameters: [], type: 'Constant' };
    case 'expression':
      return expressionTree(source.text);
  }
}

function expressionTree(text: string): GraphSource {
  const parsed = tryParse(text);
  if (parsed === undefined) {
    const name = /^\s*([A-Za-z]\w*)\s*\(/.exec(text)?.[1] ?? '';
    return { expression: text, name, parameters: [], type: 'Function' };
  }
  const { name, parameters, type } = graphExpression(parsed);
  // An interface without an index signature; it holds texts and lists of the same.
  return { expression: text, name, parameters: parameters as unknown as NonNullable<GraphSource['parameters']>, type };
}

/** The plain form of a source: an expression that is one attribute or one constant is just that. */
export function plainSource(source: MappingSource): MappingSource {
  if (source.kind !== 'expression') return source;
  const parsed = tryParse(source.text);
  if (parsed?.kind === 'attribute') return { kind: 'attribute', name: parsed.name };
  if (parsed?.kind === 'text') return { kind: 'constant', value: parsed.value };
  if (parsed?.kind === 'number') return { kind: 'constant', value: parsed.written };
  if (parsed?.kind === 'word') return { kind: 'constant', value: parsed.name };
  return source;
}

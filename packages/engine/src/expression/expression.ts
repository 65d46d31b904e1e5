/** Comparison operators of a condition (Entra docs "Reference for writing expressions", IIF). */
export type ComparisonOperator = '=' | '<>' | '>' | '>=' | '<' | '<=';

/** Bare words that are values: booleans, enum words of InStr and ConvertFromBase64, and the two flow keywords. */
export type ExpressionWord =
  | 'True'
  | 'False'
  | 'vbTextCompare'
  | 'vbBinaryCompare'
  | 'Unicode'
  | 'ASCII'
  | 'UTF8'
  | 'IgnoreAttributeFlow'
  | 'IgnoreObjectFlow';

/** A function call. A blank slot (`undefined`) is an argument that is not given, which differs from an empty text. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly slots: readonly (Expression | undefined)[];
  readonly position: number;
}

/** A parsed mapping expression. `position` counts characters from 0. */
export type Expression =
  | CallExpression
  | { readonly kind: 'attribute'; readonly name: string; readonly position: number }
  | { readonly kind: 'text'; readonly value: string; readonly position: number }
  /** As written: `12`, `-3`, `42568.75` or `&HF`. */
  | { readonly kind: 'number'; readonly written: string; readonly position: number }
  | { readonly kind: 'word'; readonly name: ExpressionWord; readonly position: number }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  /** `&` between two or more operands. */
  | { readonly kind: 'concat'; readonly operands: readonly Expression[]; readonly position: number };

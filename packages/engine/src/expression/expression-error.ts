/** `parse`: the expression itself is wrong. `eval`: it is right, but not for this source object. */
export type ExpressionErrorKind = 'parse' | 'eval';

/** An expression that cannot be read or evaluated. `message` may quote a value of the source object. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly kind: ExpressionErrorKind;
  /** Character of the expression it is about, counted from 0; absent when it is about the whole. */
  readonly position: number | undefined;

  constructor(kind: ExpressionErrorKind, message: string, position?: number) {
    super(message);
    this.kind = kind;
    this.position = position;
  }
}

/** An evaluation error without a place; the call it happens in adds its own. */
export function evaluationError(message: string): ExpressionError {
  return new ExpressionError('eval', message);
}

/** A value as an error message shows it: quoted, at most 60 characters. */
export function quoteValue(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

import type { Expression } from './expression.ts';

/**
 * Text of an expression in the form Graph prints: arguments joined by a comma and a blank, blank slots kept, as in
 * `Replace([preferredLanguage], "-", , , "_", , )`. Parsing it gives an equal expression.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `[${expression.name}]`;
    case 'text':
      return printText(expression.value);
    case 'number':
      return expression.written;
    case 'word':
      return expression.name;
    case 'call':
      return `${expression.name}(${expression.slots.map((slot) => (slot ? printExpression(slot) : '')).join(', ')})`;
    case 'compare':
      return `${printSide(expression.left)} ${expression.operator} ${printSide(expression.right)}`;
    case 'concat':
      return expression.operands.map(printJoined).join(' & ');
  }
}

/** A constant in double quotes, with quotes and backslashes escaped. */
export function printText(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function printSide(expression: Expression): string {
  return expression.kind === 'compare' ? `(${printExpression(expression)})` : printExpression(expression);
}

function printJoined(expression: Expression): string {
  const isOperation = expression.kind === 'compare' || expression.kind === 'concat';
  return isOperation ? `(${printExpression(expression)})` : printExpression(expression);
}

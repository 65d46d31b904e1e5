import type { CallExpression, Expression } from './expression.ts';

/** Something that runs here and is doubtful in Entra. `position` counts characters from 0. */
export interface Doubt {
  readonly message: string;
  readonly position: number;
}

/** Functions of Microsoft's sibling engines, which app provisioning does not document. */
export const SIBLING_FUNCTIONS: ReadonlySet<string> = new Set([
  'CRef',
  'Contains',
  'ConvertFromBase64',
  'DNComponent',
  'Error',
  'StringFromSid',
  'Trim',
]);

const PRESENCE: ReadonlySet<string> = new Set(['IsPresent', 'IsNull', 'IsNullOrEmpty']);

/**
 * What Entra's reference does not know or advises against, in the order it is written (Entra docs "Reference for writing
 * expressions for attribute mappings"). Such an expression runs here in both modes.
 */
export function findDoubts(expression: Expression): readonly Doubt[] {
  const doubts: Doubt[] = [];
  visit(expression, doubts);
  return doubts;
}

function visit(expression: Expression, doubts: Doubt[]): void {
  switch (expression.kind) {
    case 'call': {
      const message = callDoubt(expression);
      if (message !== undefined) doubts.push({ message, position: expression.position });
      for (const slot of expression.slots) if (slot !== undefined) visit(slot, doubts);
      return;
    }
    case 'compare':
      visit(expression.left, doubts);
      visit(expression.right, doubts);
      return;
    case 'concat':
      doubts.push({
        message: '& is not documented for app provisioning; use Append or Join',
        position: expression.position,
      });
      for (const operand of expression.operands) visit(operand, doubts);
      return;
    default:
      return;
  }
}

function callDoubt({ name, slots }: CallExpression): string | undefined {
  if (SIBLING_FUNCTIONS.has(name))
    return `${name} is a function of a sibling engine; Entra's app provisioning may refuse it`;
  const [first] = slots;
  const inner = first?.kind === 'call' ? first.name : undefined;
  if (name === 'Switch' && inner !== undefined && PRESENCE.has(inner)) {
    return `Entra's reference advises against ${inner} as the source of Switch`;
  }
  if (name !== 'IIF') return undefined;
  if (inner === 'IgnoreFlowIfNullOrEmpty') return `${inner} is no condition: wrap it round the whole IIF`;
  if (inner !== undefined && PRESENCE.has(inner)) return `Entra's reference lists IIF with ${inner} as unsupported`;
  const isEmptyTest =
    first?.kind === 'compare' && [first.left, first.right].some((side) => side.kind === 'text' && side.value === '');
  return isEmptyTest ? `Entra's reference lists IIF with a comparison to "" as unsupported` : undefined;
}

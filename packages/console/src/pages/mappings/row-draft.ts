import type { AttributeMapping, DeclaredMapping, FlowType } from 'lockstep/admin-api/answers';

/** How a row gets its value, in Entra's words: Direct, Expression, Constant, None. */
export const sourceKinds = ['attribute', 'expression', 'constant', 'none'] as const;

/** One of the kinds. */
export type SourceKind = (typeof sourceKinds)[number];

/** A row while somebody edits it: every field of every kind, so that switching kinds back and forth loses nothing. */
export interface RowDraft {
  readonly target: string;
  readonly kind: SourceKind;
  readonly attribute: string;
  readonly expression: string;
  readonly constant: string;
  readonly defaultValue: string;
  readonly defaultOn: 'create' | 'create-and-update';
  readonly apply: FlowType;
  /** 0 = not a matching attribute. */
  readonly match: number;
  readonly clearWhenNull: boolean;
  readonly flowsAlways: boolean;
  readonly isEnabled: boolean;
}

/** A row that does not exist yet. */
export const newDraft: RowDraft = {
  target: '',
  kind: 'attribute',
  attribute: '',
  expression: '',
  constant: '',
  defaultValue: '',
  defaultOn: 'create',
  apply: 'always',
  match: 0,
  clearWhenNull: false,
  flowsAlways: false,
  isEnabled: true,
};

/** A stored row, ready to be edited. */
export function draftOf(row: AttributeMapping): RowDraft {
  const { source } = row;
  return {
    ...newDraft,
    target: row.target,
    kind: source.kind,
    attribute: source.kind === 'attribute' ? source.name : '',
    expression: source.kind === 'expression' ? source.text : '',
    constant: source.kind === 'constant' ? source.value : '',
    defaultValue: row.defaultValue ?? '',
    defaultOn: row.defaultOn ?? 'create',
    apply: row.apply,
    match: row.matchingPrecedence ?? 0,
    clearWhenNull: row.clearWhenNull ?? false,
    flowsAlways: row.flowBehavior === 'always',
    isEnabled: row.enabled ?? true,
  };
}

/** The draft as the API takes it. Every key is named, so that what was switched off does not stay. */
export function declaredOf(draft: RowDraft): DeclaredMapping {
  return {
    target: draft.target.trim(),
    ...sourceOf(draft),
    match: draft.match,
    ...(draft.defaultValue === '' ? {} : { default: draft.defaultValue }),
    defaultOn: draft.defaultOn,
    apply: draft.apply,
    flowBehavior: draft.flowsAlways ? 'always' : 'when-changed',
    clearWhenNull: draft.clearWhenNull,
    enabled: draft.isEnabled,
  };
}

function sourceOf({ kind, attribute, expression, constant }: RowDraft): Partial<DeclaredMapping> {
  switch (kind) {
    case 'attribute':
      return { source: attribute };
    case 'expression':
      return { expression: expression.trim() };
    case 'constant':
      return { constant };
    case 'none':
      return { none: true };
  }
}

/** What a draft lacks before it can be sent; `undefined` when nothing. */
export function draftFault(draft: RowDraft): 'target' | 'attribute' | 'expression' | undefined {
  if (draft.target.trim() === '') return 'target';
  if (draft.kind === 'attribute' && draft.attribute === '') return 'attribute';
  if (draft.kind === 'expression' && draft.expression.trim() === '') return 'expression';
  return undefined;
}

/** A row's source in one line, as the table shows it. */
export function sourceText(row: AttributeMapping): string {
  const { source } = row;
  switch (source.kind) {
    case 'attribute':
      return source.name;
    case 'expression':
      return source.text;
    case 'constant':
      return JSON.stringify(source.value);
    case 'none':
      return '';
  }
}

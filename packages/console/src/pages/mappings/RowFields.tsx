import { computedAttributes } from '@lockstep/engine/expression';
import { useQuery } from '@tanstack/react-query';
import type { DirectoryAttributeShape, FlowType, TargetAttribute } from 'lockstep/admin-api/answers';
import { lazy, Suspense } from 'react';
import { apiQuery } from '../../api/use-api.ts';
import { CheckField, SelectField, TextField } from '../../design/Field.tsx';
import { Skeleton } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';
import { type RowDraft, sourceKinds } from './row-draft.ts';
import type { ObjectKind } from './table.ts';

const ExpressionEditor = lazy(() =>
  import('./ExpressionEditor.tsx').then(({ ExpressionEditor: component }) => ({ default: component })),
);

interface RowFieldsProps {
  readonly object: ObjectKind;
  readonly attributes: readonly TargetAttribute[];
  readonly draft: RowDraft;
  readonly isNew: boolean;
  readonly onChange: (draft: RowDraft) => void;
}

const FLOWS: readonly FlowType[] = [
  'always',
  'create-only',
  'multi-value-add-only',
  'value-add-only',
  'attribute-add-only',
];
const PRECEDENCES = [0, 1, 2, 3, 4, 5] as const;

/** The fields of a mapping row, as Entra's "Edit attribute" names them. */
export function RowFields({ object, attributes, draft, isNew, onChange }: RowFieldsProps) {
  const say = usePhrases(mappingPhrases);
  const set = (part: Partial<RowDraft>): void => onChange({ ...draft, ...part });
  const targets = attributes
    .filter(({ anchor, mutability }) => anchor !== true && mutability !== 'ReadOnly')
    .map(({ name }) => ({ value: name, label: name }));
  const precedences = [...new Set([...PRECEDENCES, draft.match])].map((n) => ({
    value: String(n),
    label: n === 0 ? say('matchNo') : say('matchYes', { n }),
  }));
  return (
    <div className="grid gap-3">
      <SelectField
        label={say('kind')}
        value={draft.kind}
        choices={sourceKinds.map((value) => ({ value, label: say(`kind_${value}`) }))}
        onValue={(kind) => set({ kind })}
      />
      <SourceField object={object} draft={draft} set={set} />
      {isNew ? (
        <SelectField
          label={say('target')}
          value={draft.target}
          choices={[{ value: '', label: say('choose') }, ...targets]}
          onValue={(target) => set({ target })}
        />
      ) : (
        <TextField label={say('target')} value={draft.target} readOnly />
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={say('default')}
          value={draft.defaultValue}
          onValue={(defaultValue) => set({ defaultValue })}
        />
        <SelectField
          label={say('defaultOn')}
          value={draft.defaultOn}
          choices={[
            { value: 'create', label: say('defaultOn_create') },
            { value: 'create-and-update', label: say('defaultOn_update') },
          ]}
          onValue={(defaultOn) => set({ defaultOn })}
        />
        <SelectField
          label={say('match')}
          hint={say('matchHint')}
          value={String(draft.match)}
          choices={precedences}
          onValue={(match) => set({ match: Number(match) })}
        />
        <SelectField
          label={say('apply')}
          value={draft.apply}
          choices={FLOWS.map((value) => ({ value, label: say(`apply_${value}`) }))}
          onValue={(apply) => set({ apply })}
        />
      </div>
      <CheckField
        label={say('clear')}
        checked={draft.clearWhenNull}
        onValue={(clearWhenNull) => set({ clearWhenNull })}
      />
      <CheckField label={say('flows')} checked={draft.flowsAlways} onValue={(flowsAlways) => set({ flowsAlways })} />
      <CheckField label={say('rowEnabled')} checked={draft.isEnabled} onValue={(isEnabled) => set({ isEnabled })} />
    </div>
  );
}

interface SourceFieldProps {
  readonly object: ObjectKind;
  readonly draft: RowDraft;
  readonly set: (part: Partial<RowDraft>) => void;
}

function SourceField({ object, draft, set }: SourceFieldProps) {
  const say = usePhrases(mappingPhrases);
  const { data } = useQuery(apiQuery<DirectoryAttributes>(['directory', 'attributes']));
  const known = (object === 'user' ? data?.users : data?.groups) ?? [];
  const names = [...known.map(({ name }) => name), ...computedAttributes[object]];
  switch (draft.kind) {
    case 'attribute': {
      const all = draft.attribute === '' || names.includes(draft.attribute) ? names : [draft.attribute, ...names];
      const choices = [{ value: '', label: say('choose') }, ...all.map((name) => ({ value: name, label: name }))];
      return (
        <SelectField
          label={say('sourceAttribute')}
          value={draft.attribute}
          choices={choices}
          onValue={(attribute) => set({ attribute })}
        />
      );
    }
    case 'expression':
      return (
        <Suspense fallback={<Skeleton lines={3} />}>
          <ExpressionEditor
            label={say('expression')}
            value={draft.expression}
            attributes={names}
            onValue={(expression) => set({ expression })}
          />
        </Suspense>
      );
    case 'constant':
      return <TextField label={say('constant')} value={draft.constant} onValue={(constant) => set({ constant })} />;
    case 'none':
      return null;
  }
}

interface DirectoryAttributes {
  readonly users: readonly DirectoryAttributeShape[];
  readonly groups: readonly DirectoryAttributeShape[];
}

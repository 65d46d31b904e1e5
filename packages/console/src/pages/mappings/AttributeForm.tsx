import type { EditShape, MappingTableShape, TargetAttribute, TargetAttributeType } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { CheckField, SelectField, TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';

interface AttributeFormProps {
  readonly app: string;
  readonly table: Tagged<MappingTableShape>;
  /** Absent for a new one. */
  readonly attribute: TargetAttribute | undefined;
  readonly onClose: () => void;
}

const TYPES: readonly TargetAttributeType[] = ['String', 'Boolean', 'Integer', 'Reference', 'DateTime', 'Binary'];
const FLAGS = ['multiValued', 'required', 'caseExact', 'filterable'] as const;

/** One attribute of the list. */
export function AttributeForm({ app, table, attribute, onClose }: AttributeFormProps) {
  const say = usePhrases(mappingPhrases);
  const [draft, setDraft] = useState<TargetAttribute>(attribute ?? { name: '', type: 'String' });
  const change = useChange<EditShape>({ renews: [['apps', app]] });
  const { name, type } = draft;
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, draft[flag] ?? false]));
  const save = (): void =>
    change.mutate(
      {
        method: attribute === undefined ? 'POST' : 'PUT',
        path: ['apps', app, 'attributes', ...(attribute === undefined ? [] : [attribute.name])],
        query: { object: table.value.objectType },
        body: attribute === undefined ? { name: name.trim(), type, ...flags } : { type, ...flags },
        ifMatch: table.etag,
      },
      { onSuccess: onClose },
    );
  return (
    <div className="grid gap-3">
      <h3 className="font-semibold">{attribute === undefined ? say('attributeNew') : say('attributeOf', { name })}</h3>
      <TextField
        label={say('attributeName')}
        value={name}
        readOnly={attribute !== undefined}
        onValue={(next) => setDraft({ ...draft, name: next })}
      />
      <SelectField
        label={say('attributeType')}
        value={type}
        choices={TYPES.map((value) => ({ value, label: value }))}
        onValue={(next) => setDraft({ ...draft, type: next })}
      />
      {FLAGS.map((flag) => (
        <CheckField
          key={flag}
          label={say(flag)}
          checked={draft[flag] ?? false}
          onValue={(isOn) => setDraft({ ...draft, [flag]: isOn })}
        />
      ))}
      {change.error !== null && <ErrorState error={change.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button kind="primary" disabled={name.trim() === ''} isBusy={change.isPending} onClick={save}>
          {say('save')}
        </Button>
      </div>
    </div>
  );
}

import type { DirectoryAttributeShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { CheckField, SelectField, TextAreaField, TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { PrincipalField } from '../../../pickers/PrincipalField.tsx';
import { editPhrases } from './phrases.ts';
import { useAttributeName } from './use-attribute-name.ts';

interface AttributeFieldProps {
  readonly attribute: DirectoryAttributeShape;
  readonly value: string;
  /** As it was when the form was filled: it decides which control is there, so that none changes while somebody types. */
  readonly known: string;
  readonly error?: string | undefined;
  readonly onValue: (value: string) => void;
}

/** The control that fits an attribute of the directory. */
export function AttributeField({ attribute, value, known, error, onValue }: AttributeFieldProps) {
  const say = usePhrases(editPhrases);
  const { name, type, multiValued, required, values } = attribute;
  const label = useAttributeName()(name);
  const code = label === name ? undefined : <code>{name}</code>;
  const field = { label, value, error, onValue, ...(code === undefined ? {} : { hint: code }) };
  if (name === 'manager')
    return <PrincipalField kind="users" label={label} value={value} error={error} onValue={onValue} />;
  if (type === 'boolean') {
    return (
      <CheckField
        as="switch"
        label={label}
        hint={code}
        checked={value === 'true'}
        onValue={(isOn) => onValue(String(isOn))}
      />
    );
  }
  if (values !== undefined) {
    const choices = ['', ...values].map((one) => ({ value: one, label: one === '' ? say('notSet') : one }));
    return <SelectField {...field} choices={choices} />;
  }
  if (multiValued)
    return <TextAreaField {...field} rows={3} spellCheck={false} hint={hintOfList(code, say('onePerLine'))} />;
  if (known.includes('\n')) return <TextAreaField {...field} rows={3} />;
  const isDate = type === 'dateTime' && !known.includes('T');
  return <TextField {...field} type={isDate ? 'date' : 'text'} required={required} />;
}

function hintOfList(code: ReactNode, text: string): ReactNode {
  return code === undefined ? (
    text
  ) : (
    <>
      {code} {text}
    </>
  );
}

import { CheckField, SelectField, TextField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type SettingName, settingKinds } from './behaviour-settings.ts';
import { behaviourPhrases } from './phrases.ts';

interface SettingFieldProps {
  readonly name: SettingName;
  /** As in the draft. */
  readonly value: string;
  readonly isFault: boolean;
  readonly onValue: (value: string) => void;
}

/** One setting, by what it can be. */
export function SettingField({ name, value, isFault, onValue }: SettingFieldProps) {
  const say = usePhrases(behaviourPhrases);
  const setting = settingKinds[name];
  const words = { label: say(name), hint: say(`${name} hint`) };
  if (setting.kind === 'flag') {
    return <CheckField {...words} checked={value === 'true'} onValue={(isOn) => onValue(isOn ? 'true' : '')} />;
  }
  if (setting.kind === 'choice') {
    const choices = setting.values.map((one) => ({ value: one, label: say(`choice ${one}`) }));
    return (
      <SelectField
        {...words}
        value={value}
        choices={[{ value: '', label: say('default') }, ...choices]}
        onValue={onValue}
      />
    );
  }
  return (
    <TextField
      {...words}
      value={value}
      inputMode={setting.kind === 'number' && setting.isWhole === true ? 'numeric' : 'decimal'}
      onValue={onValue}
      {...(isFault ? { error: say(name === 'drift.interval' ? 'driftFault' : 'fault') } : {})}
    />
  );
}

import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ownExtensionsOf } from './attribute-sections.ts';
import { editPhrases } from './phrases.ts';

interface AddExtensionProps {
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}

/** Puts an attribute of the organization's own into the form. */
export function AddExtension({ taken, onAdd }: AddExtensionProps) {
  const say = usePhrases(editPhrases);
  const [name, setName] = useState('');
  const [wanted] = ownExtensionsOf([name.trim()]);
  const isFree = wanted !== undefined && !taken.includes(wanted);
  const add = (): void => {
    if (!isFree) return;
    onAdd(wanted);
    setName('');
  };
  return (
    <div className="flex flex-wrap items-start gap-2">
      <TextField
        label={say('extensionName')}
        hint={say('extensionHint')}
        spellCheck={false}
        value={name}
        onValue={setName}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button className="mt-6" disabled={!isFree} onClick={add}>
        {say('addExtension')}
      </Button>
    </div>
  );
}

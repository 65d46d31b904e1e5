import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { TextAreaField, TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';
import { type Rule, readNames, ruleFault } from './role-table-draft.ts';

interface RuleDialogProps {
  /** Absent for a new one. */
  readonly rule: Rule | undefined;
  /** Values that have a rule. */
  readonly others: readonly string[];
  /** Names of roles there are; absent where any may be named. */
  readonly known: readonly string[] | undefined;
  readonly onClose: () => void;
  readonly onRule: (rule: Rule) => void;
}

/** One rule; it is saved with the whole table. */
export function RuleDialog({ rule, others, known, onClose, onRule }: RuleDialogProps) {
  const say = usePhrases(roleTablePhrases);
  const start = { value: rule?.value ?? '', roles: rule?.roles.join('\n') ?? '' };
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const fault = ruleFault(draft.value, others);
  const roles = readNames(draft.roles);
  const strange = known === undefined ? [] : roles.filter((name) => !known.includes(name));
  const take = (): void => {
    setTried(true);
    if (fault === undefined && strange.length === 0) onRule({ value: draft.value.trim(), roles });
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" onClick={take}>
        {say('done')}
      </Button>
    </>
  );
  return (
    <Dialog
      isOpen
      isSticky
      isDirty={JSON.stringify(draft) !== JSON.stringify(start)}
      onClose={onClose}
      title={rule === undefined ? say('addRule') : say('editNamed', { name: rule.value })}
      actions={actions}
    >
      <div className="grid gap-3">
        <TextField
          label={say('value')}
          maxLength={200}
          spellCheck={false}
          value={draft.value}
          error={isTried && fault !== undefined ? say(fault) : undefined}
          onValue={(value) => setDraft({ ...draft, value })}
        />
        <TextAreaField
          label={say('becomes')}
          hint={say('becomesHint')}
          spellCheck={false}
          value={draft.roles}
          error={isTried && strange.length > 0 ? say('strange', { names: strange.join(', ') }) : undefined}
          onValue={(text) => setDraft({ ...draft, roles: text })}
        />
      </div>
    </Dialog>
  );
}

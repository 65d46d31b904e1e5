import { TextAreaField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { signInPhrases } from './phrases.ts';
import type { SignInDraft } from './sign-in-draft.ts';

const ROLES = ['owner', 'administrator', 'operator', 'auditor'] as const;

interface RoleFieldsProps {
  readonly draft: SignInDraft;
  readonly onDraft: (draft: SignInDraft) => void;
}

/** Which values of the directory make somebody what here. */
export function RoleFields({ draft, onDraft }: RoleFieldsProps) {
  const say = usePhrases(signInPhrases);
  return (
    <div className="grid gap-3">
      <p className="text-muted">{say('rolesText')}</p>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-4">
        {ROLES.map((role) => (
          <TextAreaField
            key={role}
            label={say(role)}
            rows={3}
            spellCheck={false}
            value={draft.roleValues[role]}
            onValue={(lines) => onDraft({ ...draft, roleValues: { ...draft.roleValues, [role]: lines } })}
          />
        ))}
      </div>
    </div>
  );
}

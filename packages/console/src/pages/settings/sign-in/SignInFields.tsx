import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { SelectField, TextAreaField, TextField } from '../../../design/Field.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { signInPhrases } from './phrases.ts';
import { needsSecret, type SignInDraft, type SignInFault } from './sign-in-draft.ts';

interface DraftProps {
  readonly draft: SignInDraft;
  readonly onDraft: (draft: SignInDraft) => void;
}

interface SignInFieldsProps extends DraftProps {
  readonly faults: ReadonlySet<SignInFault>;
  readonly known: ConsoleSignInShape;
}

/** Which directory, and how this server proves itself to it. */
export function SignInFields({ draft, faults, known, onDraft }: SignInFieldsProps) {
  const say = usePhrases(signInPhrases);
  const text = (name: 'issuer' | 'clientId' | 'directoryTenantId' | 'thumbprint' | 'secret' | 'ends') => ({
    value: draft[name],
    spellCheck: false,
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
  });
  const secretHint = { hint: say(needsSecret(draft, known) ? 'secretMissing' : 'secretStored') };
  return (
    <Panel>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TextField
          {...text('issuer')}
          label={say('issuer')}
          hint={say('issuerHint')}
          inputMode="url"
          {...(faults.has('issuer') ? { error: say('issuerFault') } : {})}
        />
        <TextField
          {...text('clientId')}
          label={say('clientId')}
          {...(faults.has('clientId') ? { error: say('clientIdFault') } : {})}
        />
        <TextField
          {...text('directoryTenantId')}
          label={say('directoryTenantId')}
          hint={say('directoryTenantIdHint')}
        />
        <SelectField
          label={say('clientAuth')}
          value={draft.clientAuth}
          choices={[
            { value: 'secret', label: say('bySecret') },
            { value: 'certificate', label: say('byCertificate') },
          ]}
          onValue={(clientAuth) => onDraft({ ...draft, clientAuth, secret: '' })}
        />
        {draft.clientAuth === 'secret' ? (
          <TextField
            {...text('secret')}
            {...secretHint}
            label={say('secret')}
            type="password"
            autoComplete="new-password"
          />
        ) : (
          <>
            <TextAreaField {...text('secret')} {...secretHint} label={say('key')} autoComplete="off" rows={6} />
            <TextField {...text('thumbprint')} label={say('thumbprint')} />
          </>
        )}
        <TextField {...text('ends')} label={say('ends')} hint={say('endsHint')} type="date" />
      </div>
    </Panel>
  );
}

const ROLES = ['owner', 'administrator', 'operator', 'auditor'] as const;

/** Which values of the directory make somebody what here. */
export function RoleFields({ draft, onDraft }: DraftProps) {
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

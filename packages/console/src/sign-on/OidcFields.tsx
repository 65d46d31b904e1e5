import { SelectField, TextAreaField, TextField } from '../design/Field.tsx';
import { usePhrases } from '../phrases/use-phrases.ts';
import { type KnownOidc, needsSecret, type OidcDraft, type OidcFault } from './oidc-draft.ts';
import { signOnPhrases } from './phrases.ts';

interface OidcFieldsProps {
  readonly draft: OidcDraft;
  readonly faults: ReadonlySet<OidcFault>;
  readonly known: KnownOidc;
  /** Given what changed. */
  readonly onDraft: (change: Partial<OidcDraft>) => void;
}

/** Which directory, and how this server proves itself to it. */
export function OidcFields({ draft, faults, known, onDraft }: OidcFieldsProps) {
  const say = usePhrases(signOnPhrases);
  const text = (name: 'issuer' | 'clientId' | 'directoryTenantId' | 'thumbprint' | 'secret' | 'ends') => ({
    value: draft[name],
    spellCheck: false,
    onValue: (value: string) => onDraft({ [name]: value }),
  });
  const secretHint = { hint: say(needsSecret(draft, known) ? 'secretMissing' : 'secretStored') };
  return (
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
      <TextField {...text('directoryTenantId')} label={say('directoryTenantId')} hint={say('directoryTenantIdHint')} />
      <SelectField
        label={say('clientAuth')}
        value={draft.clientAuth}
        choices={[
          { value: 'secret', label: say('bySecret') },
          { value: 'certificate', label: say('byCertificate') },
        ]}
        onValue={(clientAuth) => onDraft({ clientAuth, secret: '' })}
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
  );
}

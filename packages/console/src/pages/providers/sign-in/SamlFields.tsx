import { CheckField, TextAreaField, TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ssoPhrases } from './phrases.ts';
import type { SamlDraft } from './sso-draft.ts';

interface SamlFieldsProps {
  readonly draft: SamlDraft;
  readonly faults: ReadonlySet<string>;
  readonly onDraft: (draft: SamlDraft) => void;
}

const REQUIRED = ['idpEntityId', 'idpSsoUrl'] as const;
const ATTRIBUTES = ['subjectAttribute', 'rolesAttribute', 'emailAttribute'] as const;

/** A directory that speaks SAML 2.0. */
export function SamlFields({ draft, faults, onDraft }: SamlFieldsProps) {
  const say = usePhrases(ssoPhrases);
  const text = (name: Exclude<keyof SamlDraft, 'allowsIdpInitiated'>) => ({
    label: say(name),
    value: draft[name],
    spellCheck: false,
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
  });
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      {REQUIRED.map((name) => (
        <TextField key={name} {...text(name)} {...(faults.has(name) ? { error: say(`${name}Fault`) } : {})} />
      ))}
      <TextAreaField
        {...text('certificates')}
        hint={say('certificatesHint')}
        rows={6}
        className="md:col-span-2"
        {...(faults.has('certificates') ? { error: say('certificatesFault') } : {})}
      />
      {ATTRIBUTES.map((name) => (
        <TextField key={name} {...text(name)} hint={say('attributeHint')} />
      ))}
      <CheckField
        label={say('idpInitiated')}
        hint={say('idpInitiatedHint')}
        checked={draft.allowsIdpInitiated}
        onValue={(allowsIdpInitiated) => onDraft({ ...draft, allowsIdpInitiated })}
      />
    </div>
  );
}

import type { MailShape } from 'lockstep/admin-api/answers';
import { SelectField, TextAreaField, TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { settingsPhrases } from '../phrases.ts';
import { fixedText } from '../source-text.ts';
import { type MailDraft, type MailFault, needsPassword, withSecurity } from './mail-draft.ts';
import { mailPhrases } from './phrases.ts';

interface MailFieldsProps {
  readonly draft: MailDraft;
  readonly faults: ReadonlySet<MailFault>;
  readonly known: MailShape;
  readonly onDraft: (draft: MailDraft) => void;
}

type TextName = 'host' | 'port' | 'user' | 'password' | 'from' | 'to';

/** Fields that are fixed from outside cannot be changed, and say by what. */
export function MailFields({ draft, faults, known, onDraft }: MailFieldsProps) {
  const say = usePhrases(mailPhrases);
  const sayFixed = usePhrases(settingsPhrases);
  const fixed = {
    server: fixedText(known.mailServer, sayFixed),
    from: fixedText(known.mailFrom, sayFixed),
    to: fixedText(known.mailTo, sayFixed),
  };
  const guard = (by: string | undefined, hint?: string) =>
    by === undefined ? (hint === undefined ? {} : { hint }) : { disabled: true, hint: by };
  const text = (name: TextName) => ({
    label: say(name),
    value: draft[name],
    spellCheck: false,
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
  });
  const fault = (name: MailFault) => (faults.has(name) ? { error: say(`${name}Fault`) } : {});
  const passwordHint = say(needsPassword(draft, known) ? 'passwordMissing' : 'passwordStored');
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <TextField {...text('host')} {...fault('host')} {...guard(fixed.server, say('hostHint'))} />
      <TextField {...text('port')} {...fault('port')} {...guard(fixed.server)} inputMode="numeric" />
      <SelectField
        label={say('security')}
        value={draft.security}
        choices={(['tls', 'starttls', 'whenOffered'] as const).map((value) => ({ value, label: say(value) }))}
        onValue={(security) => onDraft(withSecurity(draft, security))}
        {...fault('security')}
        {...guard(fixed.server)}
      />
      <TextField {...text('user')} {...guard(fixed.server, say('userHint'))} autoComplete="off" />
      <TextField
        {...text('password')}
        {...fault('password')}
        {...guard(fixed.server, draft.user === '' ? undefined : passwordHint)}
        type="password"
        autoComplete="new-password"
      />
      <TextField
        {...text('from')}
        {...fault('from')}
        {...guard(fixed.from, say('fromHint'))}
        type="email"
        placeholder={known.mailFrom.value ?? ''}
      />
      <TextAreaField {...text('to')} {...fault('to')} {...guard(fixed.to, say('toHint'))} rows={3} />
    </div>
  );
}

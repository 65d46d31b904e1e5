import type { MailShape, ServerSettingsShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Panel } from '../../../design/Panel.tsx';
import { SaveBar } from '../../../design/SaveBar.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { MailFields } from './MailFields.tsx';
import { changeOf, faultsOf, toDraft } from './mail-draft.ts';
import { mailPhrases } from './phrases.ts';

interface MailFormProps {
  readonly mail: MailShape;
  readonly title: string;
  /** What it is for. */
  readonly text: string;
  /** Parameter of the address whose change leaves the form as well. */
  readonly parameter?: string;
}

/** The mail server, the sender and who is told; a change holds at once. */
export function MailForm({ mail, title, text, parameter }: MailFormProps) {
  const say = usePhrases(mailPhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(toDraft(mail));
  const save = useChange<ServerSettingsShape>({
    renews: [['mail'], ['settings']],
    onDone: (saved) => {
      setDraft(toDraft(saved));
      toasts.done(say('saved'));
    },
  });
  const change = changeOf(draft, mail);
  const isDirty = Object.keys(change).length > 0;
  const faults = faultsOf(draft, mail);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PATCH', path: ['settings'], body: change });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} {...(parameter === undefined ? {} : { parameter })} />
      <Panel title={title}>
        <div className="grid gap-4">
          <p className="max-w-prose text-muted">{text}</p>
          <MailFields draft={draft} faults={faults} known={mail} onDraft={setDraft} />
          {save.error !== null && <ErrorState error={save.error} />}
          <SaveBar
            isDirty={isDirty}
            isReady={faults.size === 0}
            isBusy={save.isPending}
            onDiscard={() => setDraft(toDraft(mail))}
          />
        </div>
      </Panel>
    </form>
  );
}

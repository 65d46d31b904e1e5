import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Panel } from '../../../design/Panel.tsx';
import { SaveBar } from '../../../design/SaveBar.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { OidcFields } from '../../../sign-on/OidcFields.tsx';
import { oidcFaults } from '../../../sign-on/oidc-draft.ts';
import { signInPhrases } from './phrases.ts';
import { RoleFields } from './RoleFields.tsx';
import { bodyOf, isDirty, toDraft } from './sign-in-draft.ts';

/** The settings of signing in with a directory. */
export function SignInForm({ known }: { readonly known: ConsoleSignInShape }) {
  const say = usePhrases(signInPhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(toDraft(known));
  const save = useChange<ConsoleSignInShape>({
    renews: [['console-sign-in']],
    onDone: (saved) => {
      setDraft(toDraft(saved));
      toasts.done(say('saved'));
    },
  });
  const dirty = isDirty(draft, known);
  const faults = oidcFaults(draft, known);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PUT', path: ['console-sign-in'], body: bodyOf(draft, known) });
      }}
    >
      <UnsavedGuard isDirty={dirty && !save.isPending} />
      <Panel>
        <OidcFields
          draft={draft}
          faults={dirty ? faults : new Set()}
          known={known}
          onDraft={(change) => setDraft({ ...draft, ...change })}
        />
      </Panel>
      <Panel title={say('roles')}>
        <RoleFields draft={draft} onDraft={setDraft} />
      </Panel>
      {save.error !== null && <ErrorState error={save.error} />}
      <SaveBar
        isDirty={dirty}
        isReady={faults.size === 0}
        isBusy={save.isPending}
        onDiscard={() => setDraft(toDraft(known))}
      >
        {known.isOn && <span className="text-muted">{say('saveText')}</span>}
      </SaveBar>
    </form>
  );
}

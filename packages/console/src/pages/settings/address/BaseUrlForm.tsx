import type { ServerSettingsShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { TextField } from '../../../design/Field.tsx';
import { SaveBar } from '../../../design/SaveBar.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { isBaseUrl, warningOf } from './base-url.ts';
import { addressPhrases } from './phrases.ts';

interface BaseUrlFormProps {
  readonly known: ServerSettingsShape['publicUrl'];
  /** Parameter of the address whose change leaves the form as well. */
  readonly parameter?: string;
}

/** Changes the base URL; what speaks against an address is said before it is saved. */
export function BaseUrlForm({ known, parameter }: BaseUrlFormProps) {
  const say = usePhrases(addressPhrases);
  const toasts = useToasts();
  const before = known.source.kind === 'stored' ? known.value : '';
  const [text, setText] = useState(before);
  const save = useChange<ServerSettingsShape>({
    renews: [['settings'], ['about'], ['console-sign-in']],
    onDone: ({ publicUrl }) => {
      setText(publicUrl.source.kind === 'stored' ? publicUrl.value : '');
      toasts.done(say('saved'));
    },
  });
  const typed = text.trim();
  const isWrong = typed !== '' && !isBaseUrl(typed);
  const isDirty = typed !== before;
  return (
    <form
      className="grid max-w-2xl gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PATCH', path: ['settings'], body: { publicUrl: typed === '' ? null : typed } });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} {...(parameter === undefined ? {} : { parameter })} />
      <TextField
        label={say('label')}
        hint={say('hint')}
        inputMode="url"
        spellCheck={false}
        value={text}
        placeholder={known.value}
        onValue={setText}
        {...(isWrong ? { error: say('fault') } : {})}
      />
      {isDirty && <BaseUrlWarning text={typed} />}
      {save.error !== null && <ErrorState error={save.error} />}
      <SaveBar isDirty={isDirty} isReady={!isWrong} isBusy={save.isPending} onDiscard={() => setText(before)} />
    </form>
  );
}

/** What speaks against an address. */
function BaseUrlWarning({ text }: { readonly text: string }) {
  const say = usePhrases(addressPhrases);
  const here = window.location.origin;
  const warning = warningOf(text, here);
  if (warning === undefined) return null;
  return (
    <Notice tone="warning" title={say(warning)}>
      {say(`${warning}Text`, { here })}
    </Notice>
  );
}

import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { ConfirmDialog } from '../../../design/Dialog.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { signInPhrases } from './phrases.ts';

const PATH = ['console-sign-in'];

/** Switches signing in with the directory on or off, or takes it away. */
export function SignInSwitch({ isOn }: { readonly isOn: boolean }) {
  const say = usePhrases(signInPhrases);
  const toasts = useToasts();
  const [asking, setAsking] = useState<'off' | 'remove'>();
  const close = (): void => setAsking(undefined);
  const change = useChange({ renews: [PATH], onDone: close });
  const turn = (next: boolean): void =>
    change.mutate(
      { method: 'PUT', path: [...PATH, 'state'], body: { isOn: next } },
      { onSuccess: () => toasts.done(say(next ? 'switchedOn' : 'switchedOff')), onError: toasts.failed },
    );
  const remove = (): void =>
    change.mutate({ method: 'DELETE', path: PATH }, { onSuccess: () => toasts.done(say('removed')) });
  return (
    <>
      {isOn ? (
        <Button onClick={() => setAsking('off')}>{say('switchOff')}</Button>
      ) : (
        <Button isBusy={change.isPending} onClick={() => turn(true)}>
          {say('switchOn')}
        </Button>
      )}
      <Button kind="danger" onClick={() => setAsking('remove')}>
        {say('remove')}
      </Button>
      <ConfirmDialog
        isOpen={asking !== undefined}
        onClose={close}
        title={say(asking === 'remove' ? 'remove' : 'switchOff')}
        verb={say(asking === 'remove' ? 'remove' : 'switchOff')}
        {...(asking === 'remove' ? { typed: say('removeWord') } : {})}
        isBusy={change.isPending}
        onConfirm={() => (asking === 'remove' ? remove() : turn(false))}
      >
        <p>{say(asking === 'remove' ? 'removeText' : 'switchOffText')}</p>
        {change.error !== null && <ErrorState error={change.error} />}
      </ConfirmDialog>
    </>
  );
}

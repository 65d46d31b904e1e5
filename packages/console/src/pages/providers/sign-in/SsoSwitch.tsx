import { useQueryClient } from '@tanstack/react-query';
import type { ProviderShape, SsoAddressesShape, SsoShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { ConfirmDialog } from '../../../design/Dialog.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ssoPhrases } from './phrases.ts';
import { stepsOf } from './sso-draft.ts';

interface SsoSwitchProps {
  readonly provider: ProviderShape;
  readonly known: SsoShape;
}

/** What is asked about before it is done, with the state it leads to. */
const STATES = { switchOff: 'off', enforce: 'enforced' } as const;

/** Switches single sign-on on for testing, enforces it, switches it off or takes it away. */
export function SsoSwitch({ provider, known }: SsoSwitchProps) {
  const say = usePhrases(ssoPhrases);
  const toasts = useToasts();
  const [asking, setAsking] = useState<keyof typeof STATES>();
  const [isRemoving, setRemoving] = useState(false);
  const close = (): void => setAsking(undefined);
  const path = ['providers', provider.id, 'sso'];
  const change = useChange({ renews: [path], onDone: close });
  const { isOn, canEnforce } = stepsOf(known);
  const turn = (state: SsoShape['state']): void =>
    change.mutate(
      { method: 'PUT', path: [...path, 'state'], body: { state } },
      {
        onSuccess: () => toasts.done(say('stateSaved', { state: say(state) })),
        // A dialog shows what failed itself.
        ...(asking === undefined ? { onError: toasts.failed } : {}),
      },
    );
  return (
    <>
      {canEnforce && (
        <Button kind="primary" onClick={() => setAsking('enforce')}>
          {say('enforce')}
        </Button>
      )}
      {isOn ? (
        <Button onClick={() => setAsking('switchOff')}>{say('switchOff')}</Button>
      ) : (
        <Button isBusy={change.isPending} onClick={() => turn('test')}>
          {say('switchTest')}
        </Button>
      )}
      <Button kind="danger" onClick={() => setRemoving(true)}>
        {say('remove')}
      </Button>
      {asking !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={say(asking)}
          verb={say(asking)}
          isBusy={change.isPending}
          onConfirm={() => turn(STATES[asking])}
        >
          <p>{say(`${asking}Text`)}</p>
          {change.error !== null && <ErrorState error={change.error} />}
        </ConfirmDialog>
      )}
      {isRemoving && <RemoveDialog provider={provider} onClose={() => setRemoving(false)} />}
    </>
  );
}

interface RemoveDialogProps {
  readonly provider: ProviderShape;
  readonly onClose: () => void;
}

function RemoveDialog({ provider, onClose }: RemoveDialogProps) {
  const say = usePhrases(ssoPhrases);
  const toasts = useToasts();
  const client = useQueryClient();
  const path = ['providers', provider.id, 'sso'];
  const addresses = [...path, 'addresses'];
  const change = useChange({
    renews: [addresses],
    onDone: () => {
      // What is gone is not asked for again: the screen goes back to what it shows before it is set up.
      client.setQueryData<SsoAddressesShape>(addresses, (before) => before && { ...before, isSetUp: false });
      client.removeQueries({ queryKey: path, exact: true });
      toasts.done(say('removed'));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('remove')}
      verb={say('remove')}
      typed={provider.title}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}

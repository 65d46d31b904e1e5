import type { RotationShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { ConfirmDialog } from '../../../design/Dialog.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { secretsPhrases } from './phrases.ts';

/** Changes the master key, after a typed word. */
export function RotateKey() {
  const say = usePhrases(secretsPhrases);
  const toasts = useToasts();
  const [isAsking, setAsking] = useState(false);
  const rotate = useChange<RotationShape>({
    renews: [['secrets']],
    onDone: ({ resealed }) => {
      setAsking(false);
      toasts.done(say('rotatedDone', { n: resealed }));
    },
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say('rotate')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say('rotate')}
        verb={say('rotate')}
        typed={say('rotateWord')}
        isBusy={rotate.isPending}
        onConfirm={() => rotate.mutate({ method: 'POST', path: ['secrets', 'rotate'] })}
      >
        <p>{say('rotateText')}</p>
        {rotate.error !== null && <ErrorState error={rotate.error} />}
      </ConfirmDialog>
    </>
  );
}

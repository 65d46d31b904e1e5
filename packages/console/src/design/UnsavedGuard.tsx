import { useBlocker } from '@tanstack/react-router';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { designPhrases } from './phrases.ts';

/** Asks before unsaved changes are left behind, by a link, the back button or the closing of the window. */
export function UnsavedGuard({ isDirty }: { readonly isDirty: boolean }) {
  const say = usePhrases(designPhrases);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const stay = (): void => blocker.reset?.();
  const actions = (
    <>
      <Button onClick={() => blocker.proceed?.()}>{say('leave')}</Button>
      <Button kind="primary" onClick={stay}>
        {say('stay')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={blocker.status === 'blocked'} onClose={stay} title={say('unsavedTitle')} actions={actions}>
      <p>{say('unsavedText')}</p>
    </Dialog>
  );
}

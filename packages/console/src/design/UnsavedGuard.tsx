import { useBlocker } from '@tanstack/react-router';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { designPhrases } from './phrases.ts';

interface UnsavedGuardProps {
  readonly isDirty: boolean;
  /** Parameter of the address whose change leaves the form as well, for pages with their tabs in it. */
  readonly parameter?: string;
}

/** Asks before unsaved changes are left behind, by a link, the back button or the closing of the window. */
export function UnsavedGuard({ isDirty, parameter }: UnsavedGuardProps) {
  const say = usePhrases(designPhrases);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && isElsewhere(current, next, parameter),
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

interface Place {
  readonly pathname: string;
  readonly search: object;
}

function isElsewhere(current: Place, next: Place, parameter: string | undefined): boolean {
  if (current.pathname !== next.pathname) return true;
  return parameter !== undefined && parameterOf(current, parameter) !== parameterOf(next, parameter);
}

function parameterOf({ search }: Place, parameter: string): unknown {
  return Object.entries(search).find(([name]) => name === parameter)?.[1];
}

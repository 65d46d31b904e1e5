import { useBlocker } from '@tanstack/react-router';
import { LeaveDialog } from './LeaveDialog.tsx';

interface UnsavedGuardProps {
  readonly isDirty: boolean;
  /** Parameter of the address whose change leaves the form as well, for pages with their tabs in it. */
  readonly parameter?: string;
}

/** Asks before unsaved changes are left behind, by a link, the back button or the closing of the window. */
export function UnsavedGuard({ isDirty, parameter }: UnsavedGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && isElsewhere(current, next, parameter),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <LeaveDialog
      isOpen={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onLeave={() => blocker.proceed?.()}
    />
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

import { useNavigate } from '@tanstack/react-router';
import type { PlanShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';

interface UndoCycleProps {
  readonly app: string;
  readonly cycleId: string;
  /** When the cycle began, to tell the buttons apart. */
  readonly at: string;
}

/** Plans the undoing of a cycle and shows the plan; nothing is sent before that is carried out. */
export function UndoCycle({ app, cycleId, at }: UndoCycleProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const navigate = useNavigate();
  const make = useChange<PlanShape>({
    renews: [],
    onDone: ({ id }) => void navigate({ to: '/apps/$app/plan', params: { app }, search: { plan: id } }),
  });
  return (
    <Button
      kind="quiet"
      isBusy={make.isPending}
      aria-label={say('undoNamed', { at })}
      onClick={() =>
        make.mutate(
          { method: 'POST', path: ['apps', app, 'rollbacks'], body: { cycle: cycleId } },
          { onError: toasts.failed },
        )
      }
    >
      {say('undo')}
    </Button>
  );
}

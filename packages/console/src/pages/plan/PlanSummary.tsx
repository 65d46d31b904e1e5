import type { PlanShape } from 'lockstep/admin-api/answers';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Facts, Panel } from '../../design/Panel.tsx';
import { ErrorState } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';
import { countsText } from './read-item.ts';

interface PlanSummaryProps {
  readonly app: string;
  readonly plan: PlanShape;
  /** Makes another plan. */
  readonly button: ReactNode;
}

/** What a plan comes to, how long it is good, and the button that carries it out. */
export function PlanSummary({ app, plan, button }: PlanSummaryProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const [isAsking, setAsking] = useState(false);
  const apply = useChange({
    renews: [['plans'], ['apps', app], ['status']],
    onDone: () => {
      setAsking(false);
      toasts.done(say('appliedToast'));
    },
  });
  const counts = countsText(plan.detail);
  const isReady = plan.state === 'ready' && counts !== '';
  const actions = (
    <>
      {button}
      {plan.state === 'ready' && (
        <Button kind="primary" disabled={!isReady} onClick={() => setAsking(true)}>
          {say('apply')}
        </Button>
      )}
    </>
  );
  return (
    <Panel title={say(plan.kind === 'sync' ? 'planTitle' : 'rollbackTitle')} actions={actions}>
      <Facts
        facts={[
          [say('state'), <Badge key="state">{say(plan.state)}</Badge>],
          [say('counts'), counts === '' ? say('nothing') : counts],
          [say('made'), <TimeText key="made" at={plan.createdAt} />],
          [say('goodUntil'), <TimeText key="until" at={plan.expiresAt} />],
        ]}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say('applyTitle')}
        verb={say('apply')}
        typed={say('applyWord')}
        isBusy={apply.isPending}
        onConfirm={() => apply.mutate({ method: 'POST', path: ['plans', plan.id, 'apply'] })}
      >
        <p>{say(plan.kind === 'sync' ? 'applyText' : 'rollbackText', { counts })}</p>
        {apply.error !== null && <ErrorState error={apply.error} />}
      </ConfirmDialog>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { PlanShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { PlanItems } from './PlanItems.tsx';
import { PlanSummary } from './PlanSummary.tsx';
import { phrases } from './phrases.ts';

/** What the next cycle would do, object by object, and the carrying out of exactly that; also the undoing of a cycle. */
export function PlanPage() {
  const { app } = useParams({ from: '/apps/$app/plan' });
  const { plan } = useSearch({ from: '/apps/$app/plan' });
  const navigate = useNavigate({ from: '/apps/$app/plan' });
  const say = usePhrases(phrases);
  const make = useChange<PlanShape>({
    renews: [],
    onDone: ({ id }) => navigate({ search: { plan: id } }),
  });
  const button = (
    <Button
      kind={plan === undefined ? 'primary' : 'secondary'}
      isBusy={make.isPending}
      onClick={() => make.mutate({ method: 'POST', path: ['apps', app, 'plans'] })}
    >
      {say(plan === undefined ? 'make' : 'makeAnew')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      {make.error !== null && <ErrorState error={make.error} />}
      {plan === undefined ? (
        <Panel>
          <EmptyState title={say('empty')} action={button}>
            {say('emptyText')}
          </EmptyState>
        </Panel>
      ) : (
        <KeptPlan app={app} id={plan} button={button} />
      )}
    </div>
  );
}

interface KeptPlanProps {
  readonly app: string;
  readonly id: string;
  readonly button: ReactNode;
}

function KeptPlan({ app, id, button }: KeptPlanProps) {
  const query = useQuery(apiQuery<PlanShape>(['plans', id]));
  return (
    <Loaded query={query} lines={4}>
      {(plan) => (
        <>
          <PlanSummary app={app} plan={plan} button={button} />
          <PlanItems plan={plan} />
        </>
      )}
    </Loaded>
  );
}

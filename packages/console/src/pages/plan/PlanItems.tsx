import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { KeptItemShape, PlanShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { Badge, type Tone } from '../../design/Badge.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';
import { type PlanRow, readItem } from './read-item.ts';

const TONES: Readonly<Record<PlanRow['state'], Tone>> = {
  planned: 'neutral',
  done: 'success',
  refused: 'warning',
  held: 'warning',
  failed: 'danger',
};

/** The objects of a plan, with their differences and with what became of each. */
export function PlanItems({ plan }: { readonly plan: PlanShape }) {
  const say = usePhrases(phrases);
  const { after } = useSearch({ from: '/apps/$app/plan' });
  const navigate = useNavigate({ from: '/apps/$app/plan' });
  const query = useQuery(pageQuery<Page<KeptItemShape>>(['plans', plan.id, 'items'], { after, limit: 50 }));
  const columns: readonly Column<PlanRow>[] = [
    { id: 'who', header: say('who'), cell: ({ name }) => name },
    { id: 'action', header: say('action'), cell: ({ action }) => action },
    {
      id: 'changes',
      header: say('changes'),
      cell: ({ changes, text }) => (
        <>
          {text !== '' && <p>{text}</p>}
          <ul>
            {changes.map((change) => (
              <li key={change} className="break-all font-mono text-xs">
                {change}
              </li>
            ))}
          </ul>
        </>
      ),
    },
    {
      id: 'state',
      header: say('state'),
      cell: ({ state, outcome }) => (
        <>
          <Badge tone={TONES[state]}>{say(state)}</Badge>
          {outcome !== null && <p className="text-muted text-xs">{outcome}</p>}
        </>
      ),
    },
  ];
  return (
    <Panel title={say('objects')} isFlush>
      <Loaded query={query} lines={6}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={say('nothing')}>{say('nothingText')}</EmptyState>
          ) : (
            <>
              <DataTable
                caption={say('objects')}
                columns={columns}
                rows={items.map(readItem)}
                keyOf={({ position }) => String(position)}
              />
              <Pager
                after={after}
                next={next}
                onGo={(to) => navigate({ search: to === undefined ? { plan: plan.id } : { plan: plan.id, after: to } })}
              />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

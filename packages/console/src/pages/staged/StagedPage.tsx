import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { StagedShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { type Page, pageQuery, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import type { Selection } from '../../design/selection.ts';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { statusQuery } from '../app/status.ts';
import { stagedPhrases } from './phrases.ts';
import { StagedTable } from './StagedTable.tsx';

/** Removals that wait for a person's word, approved or rejected one by one or all. */
export function StagedPage() {
  const { app } = useParams({ from: '/apps/$app/staged' });
  const { after } = useSearch({ from: '/apps/$app/staged' });
  const navigate = useNavigate({ from: '/apps/$app/staged' });
  const say = usePhrases(stagedPhrases);
  const [selection, setSelection] = useState<Selection>(new Set());
  const query = useQuery(pageQuery<Page<StagedShape>>(['apps', app, 'staged'], { state: 'pending', after, limit: 50 }));
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say('intro')}</p>
      <Loaded query={query} lines={6}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState title={say('empty')}>{say('emptyText')}</EmptyState>
            </Panel>
          ) : (
            <>
              <Decisions app={app} selection={selection} onDecided={() => setSelection(new Set())} />
              <Panel isFlush>
                <StagedTable rows={items} selection={selection} onSelection={setSelection} />
                <Pager
                  after={after}
                  next={next}
                  onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
    </div>
  );
}

interface DecisionsProps {
  readonly app: string;
  readonly selection: Selection;
  readonly onDecided: () => void;
}

function Decisions({ app, selection, onDecided }: DecisionsProps) {
  const say = usePhrases(stagedPhrases);
  const toasts = useToasts();
  const [isAsking, setAsking] = useState(false);
  const status = useQuery(statusQuery(app));
  const change = useChange<{ readonly count: number }>({ renews: [['apps', app], ['attention']] });
  const decide = (verdict: 'approve' | 'reject', ids?: readonly string[]): void =>
    change.mutate(
      { method: 'POST', path: ['apps', app, verdict], body: ids === undefined ? {} : { ids } },
      {
        onSuccess: ({ count }) => {
          toasts.done(say(verdict === 'approve' ? 'approvedToast' : 'rejectedToast', { n: count }));
          setAsking(false);
          onDecided();
        },
        onError: toasts.failed,
      },
    );
  const chosen = [...selection];
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        kind="primary"
        disabled={chosen.length === 0}
        isBusy={change.isPending}
        onClick={() => decide('approve', chosen)}
      >
        {say('approve', { n: chosen.length })}
      </Button>
      <Button disabled={chosen.length === 0} isBusy={change.isPending} onClick={() => decide('reject', chosen)}>
        {say('reject', { n: chosen.length })}
      </Button>
      <Button kind="danger" isBusy={change.isPending} onClick={() => setAsking(true)}>
        {say('approveAll')}
      </Button>
      <Button isBusy={change.isPending} onClick={() => decide('reject')}>
        {say('rejectAll')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say('approveAllTitle', { n: status.data?.staged.pending ?? 0 })}
        verb={say('approveVerb')}
        typed={status.data?.app ?? app}
        isBusy={change.isPending}
        onConfirm={() => decide('approve')}
      >
        <p>{say('approveAllText')}</p>
      </ConfirmDialog>
    </div>
  );
}

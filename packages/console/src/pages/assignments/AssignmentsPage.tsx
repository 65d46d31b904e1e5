import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { GrantShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import type { Selection } from '../../design/selection.ts';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { AssignmentTable } from './AssignmentTable.tsx';
import { phrases } from './phrases.ts';
import { RemoveDialog } from './RemoveDialog.tsx';

/** Who is assigned to the app, with roles; assigned one by one or in bulk, and removed. */
export function AssignmentsPage() {
  const { app } = useParams({ from: '/apps/$app/assignments' });
  const { after } = useSearch({ from: '/apps/$app/assignments' });
  const navigate = useNavigate({ from: '/apps/$app/assignments' });
  const say = usePhrases(phrases);
  const [selection, setSelection] = useState<Selection>(new Set());
  const [open, setOpen] = useState<'assign' | 'remove'>();
  const query = useQuery(pageQuery<Page<GrantShape>>(['apps', app, 'assignments'], { after, limit: 50 }));
  const assign = (
    <Button kind="primary" onClick={() => setOpen('assign')}>
      {say('assign')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say('intro')}</p>
      <Loaded query={query} lines={6}>
        {({ items, next }) =>
          items.length === 0 && after === undefined ? (
            <Panel>
              <EmptyState title={say('empty')} action={assign}>
                {say('emptyText')}
              </EmptyState>
            </Panel>
          ) : (
            <>
              <div className="flex flex-wrap gap-2">
                {assign}
                <Button kind="danger" disabled={selection.size === 0} onClick={() => setOpen('remove')}>
                  {say('remove', { n: selection.size })}
                </Button>
              </div>
              <Panel isFlush>
                <AssignmentTable rows={items} selection={selection} onSelection={setSelection} />
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
      {open === 'assign' && <AssignDialog app={app} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && (
        <RemoveDialog
          app={app}
          ids={[...selection]}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setOpen(undefined);
            setSelection(new Set());
          }}
        />
      )}
    </div>
  );
}

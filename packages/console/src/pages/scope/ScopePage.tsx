import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ScopeShape } from 'lockstep/admin-api/answers';
import { taggedQuery } from '../../api/use-api.ts';
import { Loaded } from '../../design/states.tsx';
import { ScopeForm } from './ScopeForm.tsx';

/** Whom the app looks at: assigned or all, and the filters, with who would pass. */
export function ScopePage() {
  const { app } = useParams({ from: '/apps/$app/scope' });
  const query = useQuery(taggedQuery<ScopeShape>(['apps', app, 'scope']));
  return (
    <Loaded query={query} lines={8}>
      {(known) => <ScopeForm key={app} app={app} known={known} onRenew={query.refetch} />}
    </Loaded>
  );
}

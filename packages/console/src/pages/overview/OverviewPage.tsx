import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loaded } from '../../design/states.tsx';
import { statusQuery } from '../app/status.ts';
import { CycleHistory } from './CycleHistory.tsx';
import { JobActions } from './JobActions.tsx';
import { JobNotices } from './JobNotices.tsx';
import { JobStatistics } from './JobStatistics.tsx';
import { RunningCycle } from './RunningCycle.tsx';

/** An app at a glance: what runs, what is wrong, what was done. */
export function OverviewPage() {
  const { app } = useParams({ from: '/apps/$app/' });
  const query = useQuery(statusQuery(app));
  return (
    <Loaded query={query}>
      {(status) => (
        <div className="grid gap-4">
          <JobActions status={status} />
          <JobNotices status={status} />
          <RunningCycle status={status} />
          <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
            <CycleHistory appId={status.id} lastCycleId={status.lastCycle?.cycleId} />
            <JobStatistics status={status} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

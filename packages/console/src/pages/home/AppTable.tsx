import { Link } from '@tanstack/react-router';
import type { StatusShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useLocale, usePhrases } from '../../phrases/use-phrases.ts';
import { AppBadge } from '../app/AppBadge.tsx';
import { homePhrases } from './phrases.ts';

/** Apps in a line each. */
export function AppTable({ apps }: { readonly apps: readonly StatusShape[] }) {
  const say = usePhrases(homePhrases);
  const { locale } = useLocale();
  const columns: readonly Column<StatusShape>[] = [
    {
      id: 'app',
      header: say('app'),
      cell: ({ id, app }) => (
        <Link to="/apps/$app" params={{ app: id }} className="link">
          {app}
        </Link>
      ),
    },
    {
      id: 'state',
      header: say('state'),
      cell: (status) => (
        <div className="grid max-w-48 gap-1">
          <span>
            <AppBadge status={status} />
          </span>
          {status.progress !== undefined && (
            <ProgressBar label={status.app} done={status.progress.done} total={status.progress.total} />
          )}
        </div>
      ),
    },
    {
      id: 'accounts',
      header: say('accounts'),
      align: 'end',
      cell: ({ linkedUsers }) => linkedUsers.toLocaleString(locale),
    },
    {
      id: 'last',
      header: say('last'),
      cell: ({ lastCycle }) =>
        lastCycle === undefined ? say('never') : <TimeText at={lastCycle.endedAt} as="distance" />,
    },
    {
      id: 'next',
      header: say('next'),
      cell: ({ nextRunAt }) => (nextRunAt === undefined ? say('never') : <TimeText at={nextRunAt} as="distance" />),
    },
  ];
  return <DataTable caption={say('apps')} columns={columns} rows={apps} keyOf={({ id }) => id} />;
}

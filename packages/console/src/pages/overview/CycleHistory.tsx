import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CycleShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Badge, type Tone } from '../../design/Badge.tsx';
import { CycleBars } from '../../design/CycleBars.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Panel } from '../../design/Panel.tsx';
import { designPhrases } from '../../design/phrases.ts';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { spanText } from '../../design/time-text.ts';
import { useLocale, usePhrases } from '../../phrases/use-phrases.ts';
import { UndoCycle } from '../plan/UndoCycle.tsx';
import { countKinds, cycleBars, resultPhrases } from './cycle-bar.ts';
import { overviewPhrases } from './phrases.ts';

const TONES: Readonly<Record<CycleShape['state'], Tone>> = {
  succeeded: 'success',
  entryLevelErrors: 'warning',
  failed: 'danger',
  stopped: 'neutral',
};

/** So many cycles are drawn; the last few are listed as well. */
const DRAWN = 50;
const LISTED = 6;

/** The last cycles as bars and, the newest, in words. A cycle that ends makes it ask anew. */
export function CycleHistory({
  appId,
  lastCycleId,
}: {
  readonly appId: string;
  readonly lastCycleId: string | undefined;
}) {
  const say = usePhrases(overviewPhrases);
  const { locale } = useLocale();
  const query = useQuery({
    ...apiQuery<Page<CycleShape>>(['apps', appId, 'cycles'], { limit: DRAWN }),
    queryKey: ['apps', appId, 'cycles', lastCycleId],
  });
  const when = (at: string): string => new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <Panel title={say('history')} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('historyEmpty')} />
          ) : (
            <>
              <div className="px-4 py-3">
                <CycleBars
                  label={say('historyBars', {
                    n: items.length,
                    failed: items.filter(({ state }) => state !== 'succeeded').length,
                  })}
                  bars={cycleBars(items, { say, when })}
                />
              </div>
              <CycleTable appId={appId} cycles={items.slice(0, LISTED)} when={when} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

interface CycleTableProps {
  readonly appId: string;
  readonly cycles: readonly CycleShape[];
  readonly when: (at: string) => string;
}

function CycleTable({ appId, cycles, when }: CycleTableProps) {
  const say = usePhrases(overviewPhrases);
  const sayDesign = usePhrases(designPhrases);
  const columns: readonly Column<CycleShape>[] = [
    { id: 'began', header: say('began'), cell: ({ startedAt }) => <TimeText at={startedAt} /> },
    { id: 'kind', header: say('kind'), cell: ({ kind }) => say(kind) },
    {
      id: 'result',
      header: say('result'),
      cell: ({ state, counts, error }) => (
        <div className="grid justify-items-start gap-1">
          <Badge tone={TONES[state]}>{say(resultPhrases[state])}</Badge>
          <span className="text-muted text-xs tabular-nums">
            {error?.message ??
              countKinds
                .filter((kind) => counts[kind] > 0)
                .map((kind) => `${say(kind)} ${counts[kind].toLocaleString()}`)
                .join(' · ')}
          </span>
        </div>
      ),
    },
    {
      id: 'duration',
      header: say('duration'),
      align: 'end',
      cell: ({ seconds }) => spanText(seconds * 1_000, sayDesign),
    },
    {
      id: 'more',
      header: say('details'),
      hidesHeader: true,
      cell: ({ cycleId, startedAt }) => (
        <div className="flex flex-wrap items-center gap-2">
          <Link to="/logs" search={{ app: appId, cycle: cycleId }} className="link whitespace-nowrap">
            {say('details')}
          </Link>
          <UndoCycle app={appId} cycleId={cycleId} at={when(startedAt)} />
        </div>
      ),
    },
  ];
  return <DataTable caption={say('history')} columns={columns} rows={cycles} keyOf={({ cycleId }) => cycleId} />;
}

import type { StatusShape } from 'lockstep/admin-api/answers';
import { Facts, Panel } from '../../design/Panel.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useLocale, usePhrases } from '../../phrases/use-phrases.ts';
import { countKinds } from './cycle-bar.ts';
import { overviewPhrases } from './phrases.ts';

/** What all cycles together did, in Entra's terms. */
export function JobStatistics({ status }: { readonly status: StatusShape }) {
  const say = usePhrases(overviewPhrases);
  const { locale } = useLocale();
  const { statistics, linkedUsers, linkedGroups } = status;
  const number = (value: number): string => value.toLocaleString(locale);
  const { steadyStateFirstAchievedTime: steady, lastSuccess } = statistics;
  return (
    <Panel title={say('statistics')}>
      <Facts
        facts={[
          [say('users'), number(linkedUsers)],
          [say('groups'), number(linkedGroups)],
          [say('cycles'), number(statistics.cycles)],
          ...countKinds.map((kind) => [say(kind), number(statistics.totals[kind])] as const),
          [say('failures'), number(statistics.countSuccessiveCompleteFailures)],
          ...(steady === undefined ? [] : [[say('steady'), <TimeText key="steady" at={steady} />] as const]),
          ...(lastSuccess === undefined
            ? []
            : [[say('lastSuccess'), <TimeText key="last" at={lastSuccess.endedAt} />] as const]),
        ]}
      />
    </Panel>
  );
}

import { Link } from '@tanstack/react-router';
import { Badge } from '../../../design/Badge.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { logPhrases } from '../../logs/phrases.ts';
import { statusTones } from '../../logs/record-text.ts';
import type { AppExplanationProps } from './AppExplanation.tsx';
import { explainPhrases } from './phrases.ts';

/** What the app did last, how it went and when; the record tells the rest. */
export function LastAction({ appId, app, explanation }: AppExplanationProps) {
  const say = usePhrases(explainPhrases);
  const sayLog = usePhrases(logPhrases);
  const [last] = explanation.records;
  if (last === undefined) return say('neverLooked');
  const { number, at, action, status, error } = last;
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Link
          to="/logs"
          search={{ app: appId, user: explanation.sourceId, record: String(number) }}
          className="link"
          aria-label={`${sayLog(action)}: ${say('seeRecord', { app })}`}
        >
          {sayLog(action)}
        </Link>
        <Badge tone={statusTones[status]}>{sayLog(status)}</Badge>
        <TimeText at={at} />
      </span>
      {error !== undefined && <span className="break-words text-muted text-xs">{error.reason}</span>}
    </div>
  );
}

import { useLocale, usePhrases } from '../phrases/use-phrases.ts';
import { designPhrases } from './phrases.ts';
import { distanceText } from './time-text.ts';

interface TimeTextProps {
  /** ISO 8601 in UTC, as the API tells times. */
  readonly at: string;
  /** `distance` such as "3 min ago" as of the last rendering; default the local date and time. */
  readonly as?: 'moment' | 'distance';
}

/** A moment in local time; UTC on hover. */
export function TimeText({ at, as = 'moment' }: TimeTextProps) {
  const { locale } = useLocale();
  const say = usePhrases(designPhrases);
  const moment = new Date(at);
  const local = moment.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const utc = say('utc', { time: at.slice(0, 19).replace('T', ' ') });
  return (
    <time dateTime={at} title={as === 'distance' ? `${local} (${utc})` : utc}>
      {as === 'distance' ? distanceText(moment.getTime(), Date.now(), say) : local}
    </time>
  );
}

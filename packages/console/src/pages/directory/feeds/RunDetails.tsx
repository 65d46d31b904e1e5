import type { FeedRunShape } from 'lockstep/admin-api/answers';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { countsOf } from './feed-text.ts';
import { feedPhrases } from './phrases.ts';

/** What one run read and did, or why it did not. */
export function RunDetails({ run }: { readonly run: FeedRunShape }) {
  const say = usePhrases(feedPhrases);
  const { file, settings, counts, refusal } = run;
  const { created, changed, removed } = countsOf(run);
  const done = [
    [say('created'), created],
    [say('changed'), changed],
    [say('removed'), removed],
  ] as const;
  return (
    <div className="grid gap-1">
      <p className="text-muted text-xs">
        {file !== null && <span className="break-all">{`${say('file')}: ${file}. `}</span>}
        {say('how')}: <code>{settings.key}</code>
        {settings.prune && ` ${say('prunes')}`}
      </p>
      {counts !== null && (
        <>
          <p>{done.map(([word, count]) => `${word}: ${count.toLocaleString()}`).join(', ')}</p>
          <p className="text-muted text-xs">{say('groupsText', counts)}</p>
        </>
      )}
      {refusal !== null && <p className="break-words">{refusal.message}</p>}
      {refusal !== null && refusal.issues.length > 1 && (
        <details>
          <summary className="cursor-pointer">
            {say('someFaults', { shown: refusal.issues.length, n: refusal.faults })}
          </summary>
          <ul className="list-disc pl-5">
            {refusal.issues.map(({ place, message }) => (
              <li key={`${place} ${message}`} className="break-words">
                {place}: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

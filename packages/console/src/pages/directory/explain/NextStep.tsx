import { Badge } from '../../../design/Badge.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import type { AppExplanationProps } from './AppExplanation.tsx';
import { nextTones } from './explain-text.ts';
import { explainPhrases } from './phrases.ts';

/** What a cycle would do, with what would change. */
export function NextStep({ explanation }: Pick<AppExplanationProps, 'explanation'>) {
  const say = usePhrases(explainPhrases);
  const { next } = explanation;
  if (next === undefined) return say('none');
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone={nextTones[next.do]}>{say(next.do)}</Badge>
        <span className="break-words">{next.text}</span>
      </span>
      {next.changes.length > 0 && (
        <details>
          <summary className="cursor-pointer">{say('changes', { n: next.changes.length })}</summary>
          <ul className="list-disc pl-5">
            {next.changes.map(({ attribute, oldValue, newValue }) => (
              <li key={attribute} className="break-all">
                <code className="font-mono text-xs">
                  {`${attribute}: ${oldValue ?? say('none')} → ${newValue ?? say('none')}`}
                </code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

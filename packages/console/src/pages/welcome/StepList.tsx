import { classNames } from '../../design/class-names.ts';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { welcomePhrases } from './phrases.ts';
import { standingOf, type WelcomePlace, welcomeSteps } from './welcome-steps.ts';

const LOOKS = {
  done: 'border-success text-success',
  current: 'border-accent bg-accent-soft text-accent',
  later: 'border-border text-muted',
} as const;

/** The steps in order, with what is done and where the reader is. */
export function StepList({ place }: { readonly place: WelcomePlace }) {
  const say = usePhrases(welcomePhrases);
  return (
    <ol aria-label={say('steps')} className="mb-4 flex flex-wrap gap-2">
      {welcomeSteps.map((step, at) => {
        const standing = standingOf(step, place);
        return (
          <li
            key={step}
            aria-current={standing === 'current' ? 'step' : undefined}
            className={classNames('rounded-full border px-3 py-1 font-medium', LOOKS[standing])}
          >
            <span aria-hidden="true">{standing === 'done' ? '✓' : at + 1} </span>
            {say(step)}
            {standing === 'done' && <span className="sr-only">, {say('done')}</span>}
          </li>
        );
      })}
    </ol>
  );
}

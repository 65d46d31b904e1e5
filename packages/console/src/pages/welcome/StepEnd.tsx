import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/Button.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { welcomePhrases } from './phrases.ts';
import type { WelcomePlace } from './welcome-steps.ts';

interface StepEndProps {
  readonly back?: WelcomePlace;
  readonly next?: WelcomePlace;
}

/** The way on, and back. */
export function StepEnd({ back, next }: StepEndProps) {
  const say = usePhrases(welcomePhrases);
  return (
    <p className="mt-4 flex flex-wrap gap-2">
      {back !== undefined && (
        <Link to="/welcome" search={{ step: back }} className={buttonClass()}>
          {say('back')}
        </Link>
      )}
      {next !== undefined && (
        <Link to="/welcome" search={{ step: next }} className={buttonClass('primary')}>
          {say('goOn')}
        </Link>
      )}
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { welcomePhrases } from './phrases.ts';
import { StepEnd } from './StepEnd.tsx';

/** The way from the gallery to the first cycle. */
export function AppStep() {
  const say = usePhrases(welcomePhrases);
  return (
    <>
      <Panel title={say('app')}>
        <p className="mb-2">{say('appText')}</p>
        <ol className="mb-3 grid list-decimal gap-1 pl-5">
          {(['appChoose', 'appConnect', 'appAssign', 'appStart'] as const).map((part) => (
            <li key={part}>{say(part)}</li>
          ))}
        </ol>
        <Link to="/gallery" className={buttonClass('primary')}>
          {say('gallery')}
        </Link>
      </Panel>
      <StepEnd back="people" />
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { welcomePhrases } from './phrases.ts';
import { StepEnd } from './StepEnd.tsx';

/** The sample company, or a directory of one's own. */
export function PeopleStep() {
  const say = usePhrases(welcomePhrases);
  return (
    <>
      <p className="mb-3 max-w-prose">{say('peopleText')}</p>
      <div className="grid gap-4 md:grid-cols-2">
        {(['sample', 'import'] as const).map((way) => (
          <Panel key={way} title={say(`${way}Title`)}>
            <p className="mb-3">{say(`${way}Text`)}</p>
            <Link to="/welcome" search={{ step: way }} className={buttonClass('primary')}>
              {say(`${way}Choose`)}
            </Link>
          </Panel>
        ))}
      </div>
      <StepEnd back="address" />
    </>
  );
}

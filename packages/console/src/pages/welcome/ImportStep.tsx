import { Link } from '@tanstack/react-router';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { ImportForm } from '../directory/ImportForm.tsx';
import { welcomePhrases } from './phrases.ts';
import { StepEnd } from './StepEnd.tsx';

/** People from a file with a preview, or what else fills the directory. */
export function ImportStep() {
  const say = usePhrases(welcomePhrases);
  return (
    <>
      <p className="mb-3 max-w-prose">{say('importText')}</p>
      <div className="grid gap-4">
        <ImportForm />
        <Panel title={say('other')}>
          <ul className="grid list-disc gap-1 pl-5">
            <li>{say('otherCli')}</li>
            <li>{say('otherApply')}</li>
            <li>{say('otherApi')}</li>
            <li>
              {say('otherHand')}{' '}
              <Link to="/directory/users/new" className="link">
                {say('newPerson')}
              </Link>
            </li>
          </ul>
        </Panel>
      </div>
      <StepEnd back="people" next="app" />
    </>
  );
}

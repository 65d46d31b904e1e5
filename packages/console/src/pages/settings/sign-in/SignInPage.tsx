import { useQuery } from '@tanstack/react-query';
import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { Badge } from '../../../design/Badge.tsx';
import { CopyText } from '../../../design/CopyText.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { TestSignIn } from '../../../sign-on/TestSignIn.tsx';
import { signInPhrases } from './phrases.ts';
import { SignInForm } from './SignInForm.tsx';
import { SignInSwitch } from './SignInSwitch.tsx';

/** Signing in to the console with a directory: settings, a test, on and off. */
export function SignInPage() {
  const query = useQuery(apiQuery<ConsoleSignInShape>(['console-sign-in']));
  return (
    <Loaded query={query} lines={8}>
      {(known) => (
        <div className="grid gap-4">
          <SignInHead known={known} />
          <SignInForm key={JSON.stringify(known.settings)} known={known} />
        </div>
      )}
    </Loaded>
  );
}

function SignInHead({ known }: { readonly known: ConsoleSignInShape }) {
  const say = usePhrases(signInPhrases);
  const isSetUp = known.settings !== null;
  const actions = isSetUp ? { actions: <SignInSwitch isOn={known.isOn} /> } : {};
  return (
    <Panel title={say('title')} {...actions}>
      <div className="grid gap-3">
        <p className="max-w-prose text-muted">{say('intro')}</p>
        {isSetUp && <SignInState known={known} />}
        <div className="grid gap-1">
          <p className="font-medium">{say('redirectUrl')}</p>
          <CopyText label={say('redirectUrl')} text={known.redirectUrl} />
        </div>
        {isSetUp && <TestSignIn path={['console-sign-in']} />}
      </div>
    </Panel>
  );
}

function SignInState({ known }: { readonly known: ConsoleSignInShape }) {
  const say = usePhrases(signInPhrases);
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={known.isOn ? 'success' : 'neutral'}>{say(known.isOn ? 'on' : 'off')}</Badge>
      {known.testedAt === null ? (
        <Badge tone="warning">{say('untested')}</Badge>
      ) : (
        <>
          <Badge tone="success">{say('tested')}</Badge>
          <span className="text-muted">
            {say('testedAt')} <TimeText at={known.testedAt} />
          </span>
        </>
      )}
    </p>
  );
}

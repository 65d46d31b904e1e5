import type { ProviderShape, SsoShape } from 'lockstep/admin-api/answers';
import { Badge, Notice, type Tone } from '../../../design/Badge.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { TestSignIn } from '../../../sign-on/TestSignIn.tsx';
import { ssoPhrases } from './phrases.ts';
import { SsoSwitch } from './SsoSwitch.tsx';
import { stepsOf } from './sso-draft.ts';

interface SsoHeadProps {
  readonly provider: ProviderShape;
  readonly known: SsoShape | undefined;
}

const TONES: Readonly<Record<SsoShape['state'], Tone>> = { off: 'neutral', test: 'warning', enforced: 'success' };

/** How single sign-on stands, and what can be done with it. */
export function SsoHead({ provider, known }: SsoHeadProps) {
  const say = usePhrases(ssoPhrases);
  const actions = known === undefined ? {} : { actions: <SsoSwitch provider={provider} known={known} /> };
  return (
    <Panel title={say('title')} {...actions}>
      <div className="grid gap-3">
        <p className="max-w-prose text-muted">{say('intro')}</p>
        {known === undefined ? (
          <p>
            <Badge>{say('none')}</Badge>
          </p>
        ) : (
          <Standing known={known} />
        )}
        {known !== undefined && stepsOf(known).canTest && <TestSignIn path={['providers', provider.id, 'sso']} />}
      </div>
    </Panel>
  );
}

function Standing({ known }: { readonly known: SsoShape }) {
  const say = usePhrases(ssoPhrases);
  const { state, protocol, testedAt, secretExpiresAt, warnings } = known;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={TONES[state]}>{say(state)}</Badge>
        <span>{say(protocol)}</span>
        <span className="text-muted">
          {testedAt === null ? (
            say('untested')
          ) : (
            <>
              {say('testedAt')} <TimeText at={testedAt} />
            </>
          )}
        </span>
      </p>
      {state === 'test' && testedAt === null && <p className="text-muted">{say('enforceHint')}</p>}
      {warnings.length > 0 && secretExpiresAt !== null && (
        <Notice tone="warning">
          {say('secretEnds')} <TimeText at={secretExpiresAt} />
        </Notice>
      )}
    </>
  );
}

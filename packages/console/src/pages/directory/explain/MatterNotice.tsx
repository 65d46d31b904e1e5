import { Link } from '@tanstack/react-router';
import { Notice } from '../../../design/Badge.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { NamedEntryLink } from '../NamedEntryLink.tsx';
import type { Matter } from './explain-text.ts';
import { explainPhrases } from './phrases.ts';

interface MatterNoticeProps {
  readonly matter: Matter;
  readonly appId: string;
  readonly app: string;
}

/** One thing that waits, failed or stands still, and until when. */
export function MatterNotice({ matter, appId, app }: MatterNoticeProps) {
  const say = usePhrases(explainPhrases);
  const { tone } = matter;
  switch (matter.is) {
    case 'standing': {
      const { state, because, nextAttempt } = matter.standing;
      if (state === 'Active') return null;
      return (
        <Notice tone={tone} title={say(`${state}Title`)}>
          {because !== undefined && <p>{because}</p>}
          {nextAttempt !== undefined && <Again at={nextAttempt} />}
        </Notice>
      );
    }
    case 'failure':
    case 'referenceFailure': {
      const { errorCode: code, failures: n, message, nextAttempt } = matter.failure;
      return (
        <Notice tone={tone} title={say(`${matter.is}Title`, { code, n })}>
          <p>{message}</p>
          <Again at={nextAttempt} orChange />
        </Notice>
      );
    }
    case 'staged': {
      const { kind, state, reason, stagedAt } = matter.staged;
      const decide = (
        <Link to="/apps/$app/staged" params={{ app: appId }} className="link" aria-label={say('decide', { app })}>
          {say('decideShort')}
        </Link>
      );
      return (
        <Notice
          tone={tone}
          title={say(state === 'rejected' ? 'stagedRejected' : 'stagedTitle', { kind })}
          actions={decide}
        >
          <p>{reason}</p>
          <p>
            {say('since')} <TimeText at={stagedAt} />
          </p>
        </Notice>
      );
    }
    case 'waits': {
      const { attribute, referencedId } = matter.waits;
      return (
        <Notice tone={tone}>
          {say('waitsTitle', { attribute })} <NamedEntryLink objectId={referencedId} />
        </Notice>
      );
    }
  }
}

function Again({ at, orChange = false }: { readonly at: string; readonly orChange?: boolean }) {
  const say = usePhrases(explainPhrases);
  return (
    <p>
      {say('again')} <TimeText at={at} />
      {orChange ? ` ${say('orChange')}` : '.'}
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import type { ExplanationShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { Badge } from '../../../design/Badge.tsx';
import { Facts, Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryLink } from '../EntryLink.tsx';
import { decisionOf, mattersOf } from './explain-text.ts';
import { LastAction } from './LastAction.tsx';
import { MatterNotice } from './MatterNotice.tsx';
import { NextStep } from './NextStep.tsx';
import { explainPhrases } from './phrases.ts';

/** What a part of an app's explanation is given. */
export interface AppExplanationProps {
  readonly appId: string;
  readonly app: string;
  readonly explanation: ExplanationShape;
}

/** One app: in scope or not and why, the account, what was done last, what comes next, and what it waits for. */
export function AppExplanation(props: AppExplanationProps) {
  const { appId, app, explanation } = props;
  const say = usePhrases(explainPhrases);
  const { inScope, roles, sourceId } = explanation;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say('scope'), <Decision key="scope" explanation={explanation} />],
    [say('account'), <Account key="account" {...props} />],
    ...(roles.length === 0 ? [] : [[say('roles'), roles.join(', ')] as const]),
    [say('last'), <LastAction key="last" {...props} />],
    [say('next'), <NextStep key="next" {...props} />],
  ];
  return (
    <Panel
      title={app}
      actions={
        <>
          <Badge tone={inScope ? 'success' : 'neutral'}>{say(inScope ? 'inScope' : 'outOfScope')}</Badge>
          <Link to="/apps/$app" params={{ app: appId }} className="link" aria-label={say('openApp', { app })}>
            {say('open')}
          </Link>
          {explanation.objectType === 'user' && (
            <Link
              to="/apps/$app/on-demand"
              params={{ app: appId }}
              search={{ user: sourceId }}
              className="link"
              aria-label={say('tryIt', { app })}
            >
              {say('tryOut')}
            </Link>
          )}
        </>
      }
    >
      <div className="grid gap-3">
        {mattersOf(explanation).map((matter, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: matters have nothing but their place
          <MatterNotice key={at} matter={matter} appId={appId} app={app} />
        ))}
        <Facts facts={facts} />
      </div>
    </Panel>
  );
}

function Decision({ explanation }: Pick<AppExplanationProps, 'explanation'>) {
  const say = usePhrases(explainPhrases);
  const { inScope, scope, filter, assignedBy } = explanation;
  const words = { direct: say('direct'), group: say('byGroup'), nested: say('byNested') };
  return (
    <div className="grid gap-0.5">
      <span>{say(decisionOf(explanation))}</span>
      {assignedBy.length > 0 && (
        <ul className="list-disc pl-5">
          {assignedBy.map((one) => (
            <li key={one.objectId}>
              {words[one.how]}
              {one.how !== 'direct' && ' '}
              {one.how !== 'direct' && (
                <EntryLink type="Group" objectId={one.objectId} text={one.displayName ?? one.objectId} />
              )}
              {!one.counts && ` (${say('notCounted')})`}
            </li>
          ))}
        </ul>
      )}
      {filter !== undefined && <span>{say('letIn', { filter })}</span>}
      {!inScope && <span className="break-words text-muted text-xs">{scope}</span>}
    </div>
  );
}

function Account({ appId, explanation }: AppExplanationProps) {
  const say = usePhrases(explainPhrases);
  const { targetId, account = targetId, linkState, objectType } = explanation;
  if (targetId === undefined || account === undefined) return say('noAccount');
  return (
    <>
      <Link
        to="/apps/$app/links"
        params={{ app: appId }}
        search={{ search: targetId, ...(objectType === 'group' ? { object: 'group' } : {}) }}
        className="link break-all"
        aria-label={say('seeLink', { name: account })}
      >
        {account}
      </Link>
      {linkState === 'released' && <div className="text-muted text-xs">{say('released')}</div>}
    </>
  );
}

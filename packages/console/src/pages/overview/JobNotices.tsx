import { Link } from '@tanstack/react-router';
import type { StatusShape } from 'lockstep/admin-api/answers';
import { Notice } from '../../design/Badge.tsx';
import { buttonClass } from '../../design/Button.tsx';
import { useLocale, usePhrases } from '../../phrases/use-phrases.ts';
import { overviewPhrases } from './phrases.ts';

/** What an administrator should look at, worst first. */
export function JobNotices({ status }: { readonly status: StatusShape }) {
  const say = usePhrases(overviewPhrases);
  const { locale } = useLocale();
  const { id: app, code, because, quarantine, staged, retrying, lastCycle } = status;
  const when = (at: string): string => new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const params = { app };
  return (
    <>
      {quarantine !== undefined && code === 'Quarantine' && (
        <Notice tone="danger" title={say('quarantineTitle', { when: when(quarantine.seriesBegan) })}>
          <p>{quarantine.message}</p>
          <p>{say('quarantineText', { when: when(quarantine.nextAttempt) })}</p>
        </Notice>
      )}
      {code === 'Disabled' && (
        <Notice tone="danger" title={say('disabledTitle')}>
          <p>{because ?? say('disabledText')}</p>
        </Notice>
      )}
      {code === 'NotConfigured' && (
        <Notice
          tone="accent"
          title={say('notConfiguredTitle')}
          actions={
            <Link to="/apps/$app/connection" params={params} className={buttonClass('primary')}>
              {say('configure')}
            </Link>
          }
        >
          <p>{say('notConfiguredText')}</p>
        </Notice>
      )}
      {staged.pending > 0 && (
        <Notice
          tone="warning"
          title={say('stagedTitle', { n: staged.pending })}
          actions={
            <Link to="/apps/$app/staged" params={params} className={buttonClass()}>
              {say('review')}
            </Link>
          }
        >
          <p>{say('stagedText')}</p>
        </Notice>
      )}
      {lastCycle?.state === 'failed' && code !== 'Quarantine' && (
        <Notice tone="danger" title={say('failedTitle')}>
          <p>{lastCycle.error?.message}</p>
        </Notice>
      )}
      {retrying > 0 && (
        <Notice
          tone="warning"
          title={say('retryingTitle', { n: retrying })}
          actions={
            <Link to="/logs" search={{ app, status: 'failure' }} className={buttonClass()}>
              {say('seeFailures')}
            </Link>
          }
        />
      )}
    </>
  );
}

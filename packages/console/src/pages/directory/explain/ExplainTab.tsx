import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AppExplanationShape, EntryShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { buttonClass } from '../../../design/Button.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { AppExplanation } from './AppExplanation.tsx';
import { explainPhrases } from './phrases.ts';
import { Timeline } from './Timeline.tsx';

interface ExplainTabProps {
  readonly entry: EntryShape;
  /** Where the page of apps begins, and that of the timeline; absent on the first. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly onGo: (place: { readonly after?: string; readonly before?: string }) => void;
}

/** What every app does with somebody, and why; below, what was done in all of them. */
export function ExplainTab({ entry, after, before, onGo }: ExplainTabProps) {
  const say = usePhrases(explainPhrases);
  const kind = entry.type === 'User' ? 'users' : 'groups';
  const query = useQuery(
    pageQuery<Page<AppExplanationShape>>(['directory', kind, entry.objectId, 'explain'], { after, limit: 10 }),
  );
  const gallery = (
    <Link to="/gallery" className={buttonClass()}>
      {say('gallery')}
    </Link>
  );
  return (
    <div className="grid gap-4">
      <Loaded query={query} lines={8}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState title={say('noApps')} action={gallery}>
                {say('noAppsText')}
              </EmptyState>
            </Panel>
          ) : (
            <section aria-label={say('apps')} className="grid gap-4">
              <p className="max-w-prose text-muted">{say('nextHint')}</p>
              {items.map((one) =>
                one.explanation === undefined ? (
                  <Notice key={one.appId} tone="danger" title={`${one.app}: ${say('faulty')}`}>
                    {one.fault}
                  </Notice>
                ) : (
                  <AppExplanation key={one.appId} appId={one.appId} app={one.app} explanation={one.explanation} />
                ),
              )}
              <Pager after={after} next={next} onGo={(to) => onGo(to === undefined ? {} : { after: to })} />
            </section>
          )
        }
      </Loaded>
      <Timeline
        objectId={entry.objectId}
        before={before}
        onGo={(to) => onGo({ ...(after === undefined ? {} : { after }), ...(to === undefined ? {} : { before: to }) })}
      />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { LogPageShape } from 'lockstep/admin-api/answers';
import { pageQuery } from '../../../api/use-api.ts';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { LogTable } from '../../logs/LogTable.tsx';
import { explainPhrases } from './phrases.ts';

interface TimelineProps {
  readonly objectId: string;
  readonly before: string | undefined;
  readonly onGo: (before: string | undefined) => void;
}

/** What was done about somebody in every app, newest first. */
export function Timeline({ objectId, before, onGo }: TimelineProps) {
  const say = usePhrases(explainPhrases);
  const navigate = useNavigate();
  const query = useQuery(pageQuery<LogPageShape>(['logs'], { user: objectId, before, limit: 20 }));
  return (
    <Panel title={say('timeline')} isFlush>
      <Loaded query={query}>
        {({ items, older }) => (
          <>
            {items.length === 0 ? (
              <p className="px-4 py-3">{say('noTimeline')}</p>
            ) : (
              <LogTable
                rows={items}
                showsApp
                onOpen={({ number }) => navigate({ to: '/logs', search: { user: objectId, record: String(number) } })}
              />
            )}
            <Pager after={before} next={older} onGo={onGo} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

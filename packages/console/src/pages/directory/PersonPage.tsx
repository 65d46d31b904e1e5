import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { EntryShape, LogPageShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../api/use-api.ts';
import { Facts, PageHeader, Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { LogTable } from '../logs/LogTable.tsx';
import { EntryActions } from './EntryActions.tsx';
import { EntryState } from './EntryState.tsx';
import { attributeFacts, attributeText } from './entry-text.ts';
import { directoryPhrases } from './phrases.ts';

interface PersonAnswer {
  readonly entry: EntryShape;
  readonly memberOf: readonly { readonly objectId: string; readonly displayName: string | null }[];
}

/** Somebody with attributes, groups, and what was done about them in every app. */
export function PersonPage() {
  const { key } = useParams({ from: '/directory/users/$key' });
  const say = usePhrases(directoryPhrases);
  const query = useQuery(apiQuery<PersonAnswer>(['directory', 'users', key]));
  return (
    <Loaded query={query} lines={8} title={say('people')}>
      {({ entry, memberOf }) => (
        <>
          <PageHeader
            title={attributeText(entry, 'displayName') || entry.objectId}
            badge={<EntryState entry={entry} />}
            actions={<EntryActions entry={entry} />}
          />
          <div className="grid gap-4">
            <Timeline objectId={entry.objectId} />
            <div className="grid gap-4 xl:grid-cols-2">
              <Panel title={say('attributes')}>
                <Facts facts={attributeFacts(entry)} />
              </Panel>
              <Panel title={say('inGroups')}>
                {memberOf.length === 0 && <p>{say('noMember')}</p>}
                <ul className="grid gap-1">
                  {memberOf.map(({ objectId, displayName }) => (
                    <li key={objectId}>
                      <Link to="/directory/groups/$key" params={{ key: objectId }} className="link">
                        {displayName ?? objectId}
                      </Link>
                    </li>
                  ))}
                </ul>
              </Panel>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Timeline({ objectId }: { readonly objectId: string }) {
  const say = usePhrases(directoryPhrases);
  const navigate = useNavigate();
  const query = useQuery(apiQuery<LogPageShape>(['logs'], { user: objectId, limit: 20 }));
  return (
    <Panel title={say('timeline')} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-4 py-3">{say('noTimeline')}</p>
          ) : (
            <LogTable
              rows={items}
              showsApp
              onOpen={({ number }) => navigate({ to: '/logs', search: { user: objectId, record: String(number) } })}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { apiQuery } from '../../../api/use-api.ts';
import { LinkTabs } from '../../../design/LinkTabs.tsx';
import { PageHeader } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryActions } from '../EntryActions.tsx';
import { EntryState } from '../EntryState.tsx';
import type { EntryAnswer } from '../entry-answer.ts';
import { attributeText } from '../entry-text.ts';
import { ExplainTab } from '../explain/ExplainTab.tsx';
import { directoryPhrases } from '../phrases.ts';
import { OverviewTab } from './OverviewTab.tsx';

/** Somebody with attributes and groups, and what every app does with them. */
export function PersonPage() {
  const { key } = useParams({ from: '/directory/users/$key' });
  const { tab = 'overview', after, before } = useSearch({ from: '/directory/users/$key' });
  const navigate = useNavigate({ from: '/directory/users/$key' });
  const say = usePhrases(directoryPhrases);
  const query = useQuery(apiQuery<EntryAnswer>(['directory', 'users', key]));
  return (
    <Loaded query={query} lines={8} title={say('people')}>
      {(person) => (
        <>
          <PageHeader
            title={attributeText(person.entry, 'displayName') || person.entry.objectId}
            badge={<EntryState entry={person.entry} />}
            actions={<EntryActions entry={person.entry} />}
          />
          <LinkTabs
            label={say('partsOfPerson')}
            tabs={(['overview', 'explain'] as const).map((name) => ({
              label: say(name),
              isHere: name === tab,
              link: {
                to: '/directory/users/$key',
                params: { key },
                search: name === 'overview' ? {} : { tab: name },
              },
            }))}
          />
          {tab === 'overview' ? (
            <OverviewTab person={person} />
          ) : (
            <ExplainTab
              entry={person.entry}
              after={after}
              before={before}
              onGo={(place) => navigate({ search: { tab: 'explain', ...place }, resetScroll: false })}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

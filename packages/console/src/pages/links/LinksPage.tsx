import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { LinkShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { SelectField } from '../../design/Field.tsx';
import { PagedList } from '../../design/PagedList.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { EmptyState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { BreakLinkDialog } from './BreakLinkDialog.tsx';
import { LinkTable } from './LinkTable.tsx';
import { phrases } from './phrases.ts';

/** Who is which account in the app; one pair is found by name or id, and broken when it is wrong. */
export function LinksPage() {
  const { app } = useParams({ from: '/apps/$app/links' });
  const { object = 'user', search, after } = useSearch({ from: '/apps/$app/links' });
  const navigate = useNavigate({ from: '/apps/$app/links' });
  const say = usePhrases(phrases);
  const [doomed, setDoomed] = useState<LinkShape>();
  const query = useQuery(pageQuery<Page<LinkShape>>(['apps', app, 'links'], { object, search, after, limit: 50 }));
  const place = { ...(object === 'group' ? { object } : {}), ...(search === undefined ? {} : { search }) };
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say('intro')}</p>
      <div className="flex flex-wrap items-end gap-2">
        <SearchBox
          label={say('search')}
          placeholder={say('search')}
          value={search ?? ''}
          onSearch={(text) =>
            navigate({
              search: { ...(object === 'group' ? { object } : {}), ...(text === '' ? {} : { search: text }) },
            })
          }
        />
        <SelectField
          label={say('object')}
          hidesLabel
          value={object}
          choices={[
            { value: 'user', label: say('users') },
            { value: 'group', label: say('groups') },
          ]}
          onValue={(next) => navigate({ search: next === 'group' ? { object: next } : {} })}
        />
      </div>
      <PagedList
        query={query}
        lines={8}
        after={after}
        onGo={(to) => navigate({ search: to === undefined ? place : { ...place, after: to } })}
        empty={
          <EmptyState title={say(search === undefined ? 'empty' : 'none')}>
            {say(search === undefined ? 'emptyText' : 'noneText')}
          </EmptyState>
        }
      >
        {(items) => <LinkTable links={items} object={object} onBreak={setDoomed} />}
      </PagedList>
      {doomed !== undefined && <BreakLinkDialog app={app} link={doomed} onClose={() => setDoomed(undefined)} />}
    </div>
  );
}

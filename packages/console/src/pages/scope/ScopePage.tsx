import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { DirectoryAttributeShape, ScopeCounts, ScopeFilter, ScopeShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { apiQuery, taggedQuery, useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { SelectField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { UnsavedGuard } from '../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { FilterForm } from './FilterForm.tsx';
import { phrases } from './phrases.ts';
import { ScopePreview } from './ScopePreview.tsx';
import { addFilter, isWhole, replaceAt } from './scope-draft.ts';

interface DirectoryAttributes {
  readonly users: readonly DirectoryAttributeShape[];
  readonly groups: readonly DirectoryAttributeShape[];
}

/** Whom the app looks at: assigned or all, and the scoping filters, with who would pass. */
export function ScopePage() {
  const { app } = useParams({ from: '/apps/$app/scope' });
  const query = useQuery(taggedQuery<ScopeShape>(['apps', app, 'scope']));
  return (
    <Loaded query={query} lines={8}>
      {(known) => <ScopeForm key={known.etag} app={app} known={known} />}
    </Loaded>
  );
}

interface ScopeFormProps {
  readonly app: string;
  readonly known: Tagged<ScopeShape>;
}

function ScopeForm({ app, known }: ScopeFormProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const { type = 'users' } = useSearch({ from: '/apps/$app/scope' });
  const navigate = useNavigate({ from: '/apps/$app/scope' });
  const attributes = useQuery(apiQuery<DirectoryAttributes>(['directory', 'attributes']));
  const [draft, setDraft] = useState(known.value);
  const preview = useChange<ScopeCounts>({ renews: [] });
  const save = useChange({ renews: [['apps', app], ['status']], onDone: () => toasts.done(say('saved')) });
  const { filters } = draft[type];
  const setFilters = (next: readonly ScopeFilter[]): void =>
    setDraft({ ...draft, [type]: { ...draft[type], filters: next } });
  const isDirty = JSON.stringify(draft) !== JSON.stringify(known.value);
  const isReady = isWhole(draft.users.filters) && isWhole(draft.groups.filters);
  const names = (attributes.data?.[type] ?? []).map(({ name }) => name);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[1fr_24rem]">
      <div className="grid gap-4">
        <UnsavedGuard isDirty={isDirty && !save.isPending} />
        <Panel title={say('scope')}>
          <SelectField
            label={say('whom')}
            hint={say(draft.scope === 'all' ? 'allHint' : 'assignedHint')}
            value={draft.scope}
            choices={[
              { value: 'assigned', label: say('assigned') },
              { value: 'all', label: say('all') },
            ]}
            onValue={(scope) => setDraft({ ...draft, scope })}
          />
        </Panel>
        <Panel
          title={say('filters')}
          actions={<Button onClick={() => setFilters(addFilter(filters, say('filter')))}>{say('addFilter')}</Button>}
        >
          <div className="grid gap-4">
            <SelectField
              label={say('of')}
              value={type}
              choices={[
                { value: 'users', label: say('users') },
                { value: 'groups', label: say('groups') },
              ]}
              onValue={(next) => navigate({ search: { type: next } })}
            />
            <p className="text-muted">{say('filtersText')}</p>
            {filters.length === 0 && <EmptyState title={say('noFilters')}>{say('noFiltersText')}</EmptyState>}
            {filters.map((filter, at) => (
              <FilterForm
                // biome-ignore lint/suspicious/noArrayIndexKey: filters have nothing but their place while they are edited
                key={at}
                filter={filter}
                attributes={names}
                onFilter={(next) => setFilters(replaceAt(filters, at, next))}
              />
            ))}
          </div>
        </Panel>
        {isDirty && <Notice tone="warning">{say('newCycle')}</Notice>}
        {save.error !== null && <ErrorState error={save.error} />}
        <div className="flex flex-wrap gap-2">
          <Button
            kind="primary"
            disabled={!isDirty || !isReady}
            isBusy={save.isPending}
            onClick={() =>
              save.mutate({ method: 'PUT', path: ['apps', app, 'scope'], body: draft, ifMatch: known.etag })
            }
          >
            {say('save')}
          </Button>
          <Button disabled={!isDirty} onClick={() => setDraft(known.value)}>
            {say('discard')}
          </Button>
        </div>
      </div>
      <ScopePreview
        counts={preview.data}
        error={preview.error}
        isReady={isReady}
        isBusy={preview.isPending}
        onPreview={() => preview.mutate({ method: 'POST', path: ['apps', app, 'scope', 'preview'], body: draft })}
      />
    </div>
  );
}

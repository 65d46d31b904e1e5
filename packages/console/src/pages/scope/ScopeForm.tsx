import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DirectoryAttributeShape, ScopeShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { SelectField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { SaveBar } from '../../design/SaveBar.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { UnsavedGuard } from '../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { FilterPanel } from './FilterPanel.tsx';
import { phrases } from './phrases.ts';
import { ScopePreview } from './ScopePreview.tsx';
import { changesOf, isWhole, rebase } from './scope-draft.ts';
import { useLiveCounts } from './use-live-counts.ts';

interface ScopeFormProps {
  readonly app: string;
  /** As the server has it now. */
  readonly known: Tagged<ScopeShape>;
  /** Reads it anew. */
  readonly onRenew: () => void;
}

/** The scope as it is typed, and beside it whom it would let in. */
export function ScopeForm({ app, known, onRenew }: ScopeFormProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const { type = 'users' } = useSearch({ from: '/apps/$app/scope' });
  const [base, setBase] = useState(known);
  const [draft, setDraft] = useState(known.value);
  const save = useChange({ renews: [['apps', app], ['status']], onDone: () => toasts.done(say('saved')) });
  const changes = changesOf(draft, base.value);
  const isDirty = Object.keys(changes).length > 0;
  const isOutdated = known.etag !== base.etag && !save.isPending;
  const adopt = (value: ScopeShape): void => {
    setBase(known);
    setDraft(value);
  };
  // What was just saved is no edit any more either.
  const isAsKnown = Object.keys(changesOf(draft, known.value)).length === 0;
  if (isOutdated && (!isDirty || isAsKnown)) adopt(known.value);
  const start = (value: ScopeShape): void => {
    adopt(value);
    save.reset();
  };
  const isReady = [draft.users, draft.groups].every(
    ({ filters, inputFilters }) => isWhole(filters) && isWhole(inputFilters),
  );
  const object = type === 'users' ? 'user' : 'group';
  const live = useLiveCounts(app, { object, draft, isReady });
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[1fr_24rem]">
      <div className="grid gap-4">
        <UnsavedGuard isDirty={isDirty && !save.isPending} />
        {isOutdated && isDirty && !isAsKnown && (
          <OutdatedNotice
            onKeep={() => start(rebase(draft, base.value, known.value))}
            onTake={() => start(known.value)}
          />
        )}
        <ScopeFields draft={draft} onDraft={setDraft} />
        {isDirty && <Notice tone="warning">{say('newCycle')}</Notice>}
        {save.error !== null && save.error.code !== 'outdated' && <ErrorState error={save.error} />}
        <SaveBar
          isDirty={isDirty}
          isReady={isReady && !isOutdated}
          isBusy={save.isPending}
          onSave={() =>
            save.mutate(
              { method: 'PUT', path: ['apps', app, 'scope'], body: changes, ifMatch: base.etag },
              { onError: ({ code }) => code === 'outdated' && onRenew() },
            )
          }
          onDiscard={() => start(known.value)}
        />
      </div>
      <ScopePreview
        object={type}
        counts={live.counts}
        error={live.error}
        isHalfTyped={!isReady}
        isBehind={live.isBehind}
      />
    </div>
  );
}

interface DirectoryAttributes {
  readonly users: readonly DirectoryAttributeShape[];
  readonly groups: readonly DirectoryAttributeShape[];
}

interface ScopeFieldsProps {
  readonly draft: ScopeShape;
  readonly onDraft: (draft: ScopeShape) => void;
}

function ScopeFields({ draft, onDraft }: ScopeFieldsProps) {
  const say = usePhrases(phrases);
  const { type = 'users' } = useSearch({ from: '/apps/$app/scope' });
  const navigate = useNavigate({ from: '/apps/$app/scope' });
  const attributes = useQuery(apiQuery<DirectoryAttributes>(['directory', 'attributes']));
  const building = { object: type, attributes: attributes.data?.[type] ?? [] };
  const put = (change: Partial<ScopeShape['users']>): void =>
    onDraft({ ...draft, [type]: { ...draft[type], ...change } });
  return (
    <>
      <Panel title={say('scope')}>
        <SelectField
          label={say('whom')}
          hint={say(draft.scope === 'all' ? 'allHint' : 'assignedHint')}
          value={draft.scope}
          choices={[
            { value: 'assigned', label: say('assigned') },
            { value: 'all', label: say('all') },
          ]}
          onValue={(scope) => onDraft({ ...draft, scope })}
        />
      </Panel>
      <FilterPanel
        key={type}
        {...building}
        title={say('filters')}
        text={say('filtersText')}
        none={say('noFilters')}
        addWord={say('addFilter')}
        filters={draft[type].filters}
        onFilters={(filters) => put({ filters })}
      >
        <SelectField
          label={say('of')}
          value={type}
          choices={[
            { value: 'users', label: say('users') },
            { value: 'groups', label: say('groups') },
          ]}
          onValue={(next) => navigate({ search: { type: next }, resetScroll: false })}
        />
      </FilterPanel>
      <FilterPanel
        key={`${type} input`}
        {...building}
        title={say('inputFilters')}
        text={say('inputFiltersText')}
        none={say('noInputFilters')}
        addWord={say('addInputFilter')}
        filters={draft[type].inputFilters}
        onFilters={(inputFilters) => put({ inputFilters })}
      />
    </>
  );
}

function OutdatedNotice({ onKeep, onTake }: { readonly onKeep: () => void; readonly onTake: () => void }) {
  const say = usePhrases(phrases);
  const actions = (
    <>
      <Button onClick={onTake}>{say('takeTheirs')}</Button>
      <Button kind="primary" onClick={onKeep}>
        {say('keepMine')}
      </Button>
    </>
  );
  return (
    <Notice tone="warning" title={say('outdatedTitle')} isAlert actions={actions}>
      {say('outdatedText')}
    </Notice>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { AppShape, LogShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Choice, SelectField, TextField } from '../../design/Field.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { isFiltered, type LogFilter, type LogSearch, withFilter } from './log-search.ts';
import { logPhrases } from './phrases.ts';
import { toInstant, toLocalInput } from './record-text.ts';

const STATUSES: readonly LogShape['status'][] = ['success', 'warning', 'failure', 'skipped'];
const ACTIONS: readonly LogShape['action'][] = ['create', 'update', 'disable', 'delete', 'stagedDelete', 'other'];

interface LogFiltersProps {
  readonly search: LogSearch;
  readonly onChange: (next: LogSearch) => void;
}

/** The filters of the log, each kept in the address. */
export function LogFilters({ search, onChange }: LogFiltersProps) {
  const say = usePhrases(logPhrases);
  const apps = useQuery(apiQuery<Page<AppShape>>(['apps']));
  const set = (name: keyof LogFilter, value: string | undefined): void => onChange(withFilter(search, name, value));
  const appChoices = [
    { value: '', label: say('allApps') },
    ...(apps.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <search className="flex flex-wrap items-end gap-3">
      <SearchBox
        label={say('user')}
        placeholder={say('user')}
        value={search.user ?? ''}
        onSearch={(text) => set('user', text)}
      />
      <SelectField
        label={say('app')}
        value={search.app ?? ''}
        choices={withUnknown(appChoices, search.app)}
        onValue={(app) => set('app', app)}
      />
      <SelectField
        label={say('status')}
        value={search.status ?? ''}
        choices={[{ value: '', label: say('any') }, ...STATUSES.map((value) => ({ value, label: say(value) }))]}
        onValue={(status) => set('status', status)}
      />
      <SelectField
        label={say('action')}
        value={search.action ?? ''}
        choices={[{ value: '', label: say('any') }, ...ACTIONS.map((value) => ({ value, label: say(value) }))]}
        onValue={(action) => set('action', action)}
      />
      <TextField
        label={say('from')}
        type="datetime-local"
        value={toLocalInput(search.from)}
        onValue={(from) => set('from', toInstant(from))}
      />
      <TextField
        label={say('to')}
        type="datetime-local"
        value={toLocalInput(search.to)}
        onValue={(to) => set('to', toInstant(to))}
      />
      {search.cycle !== undefined && <TextField label={say('cycle')} value={search.cycle} readOnly />}
      {isFiltered(search) && <Button onClick={() => onChange({})}>{say('clear')}</Button>}
    </search>
  );
}

/** An app that is gone, or named otherwise in the address, still has its place in the list. */
function withUnknown(choices: readonly Choice<string>[], value: string | undefined): readonly Choice<string>[] {
  if (value === undefined || choices.some((choice) => choice.value === value)) return choices;
  return [...choices, { value, label: value }];
}

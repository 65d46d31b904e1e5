import { Button } from '../../../design/Button.tsx';
import { SelectField, TextField } from '../../../design/Field.tsx';
import { SearchBox } from '../../../design/SearchBox.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { toInstant, toLocalInput } from '../../logs/record-text.ts';
import { deviationCodes } from './deviation-phrases.ts';
import { requestPhrases } from './phrases.ts';
import { isRequestFiltered, type RequestFilter, STATUS_CLASSES, withRequestFilter } from './request-search.ts';
import { useDeviationName } from './use-deviation-name.ts';

interface RequestFiltersProps {
  readonly search: RequestFilter;
  readonly onChange: (next: RequestFilter) => void;
}

/** The filters of the log of requests, each kept in the address. */
export function RequestFilters({ search, onChange }: RequestFiltersProps) {
  const say = usePhrases(requestPhrases);
  const nameOf = useDeviationName();
  const set = (name: keyof RequestFilter, value: string | undefined): void =>
    onChange(withRequestFilter(search, name, value));
  const { deviation = '' } = search;
  const codes = deviation === '' || deviation === 'any' ? deviationCodes : [...new Set([...deviationCodes, deviation])];
  return (
    <search className="flex flex-wrap items-end gap-3">
      <SearchBox
        label={say('search')}
        placeholder={say('search')}
        value={search.search ?? ''}
        onSearch={(text) => set('search', text)}
      />
      <SelectField
        label={say('status')}
        value={search.status ?? ''}
        choices={[{ value: '', label: say('any') }, ...STATUS_CLASSES.map((value) => ({ value, label: value }))]}
        onValue={(status) => set('status', status)}
      />
      <SelectField
        label={say('deviation')}
        value={deviation}
        choices={[
          { value: '', label: say('any') },
          { value: 'any', label: say('deviating') },
          ...codes.map((value) => ({ value, label: nameOf(value) })),
        ]}
        onValue={(code) => set('deviation', code)}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextField
          key={name}
          label={say(name)}
          type="datetime-local"
          value={toLocalInput(search[name])}
          onValue={(value) => set(name, toInstant(value))}
        />
      ))}
      {isRequestFiltered(search) && <Button onClick={() => onChange({})}>{say('clear')}</Button>}
    </search>
  );
}

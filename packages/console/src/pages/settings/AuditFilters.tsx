import { Button } from '../../design/Button.tsx';
import { TextField } from '../../design/Field.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { toInstant, toLocalInput } from '../logs/record-text.ts';
import { auditPhrases } from './audit-phrases.ts';
import { type AuditFilter, type AuditSearch, isAuditFiltered, withAuditFilter } from './audit-search.ts';

interface AuditFiltersProps {
  readonly search: AuditSearch;
  readonly onChange: (next: AuditFilter) => void;
}

/** The filters of the audit log, each kept in the address. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const say = usePhrases(auditPhrases);
  const set = (name: keyof AuditFilter, value: string | undefined): void =>
    onChange(withAuditFilter(search, name, value));
  return (
    <search className="flex flex-wrap items-end gap-3">
      {(['actor', 'action', 'subject'] as const).map((name) => (
        <SearchBox
          key={name}
          label={say(name)}
          placeholder={say(name)}
          value={search[name] ?? ''}
          onSearch={(text) => set(name, text)}
        />
      ))}
      {(['from', 'to'] as const).map((name) => (
        <TextField
          key={name}
          label={say(name)}
          type="datetime-local"
          value={toLocalInput(search[name])}
          onValue={(value) => set(name, toInstant(value))}
        />
      ))}
      {isAuditFiltered(search) && <Button onClick={() => onChange({})}>{say('clear')}</Button>}
    </search>
  );
}

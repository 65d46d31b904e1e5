import type { ScopeFilter } from 'lockstep/admin-api/answers';
import { Button } from '../../design/Button.tsx';
import { TextField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import type { Building } from './ClauseForm.tsx';
import { ConditionList } from './ConditionList.tsx';
import { phrases } from './phrases.ts';
import { conditionText } from './scope-draft.ts';

interface FilterFormProps extends Building {
  readonly filter: ScopeFilter;
  /** `undefined` takes the filter away. */
  readonly onFilter: (filter: ScopeFilter | undefined) => void;
}

/** One filter: a title, and conditions that must all hold. */
export function FilterForm({ filter, onFilter, ...building }: FilterFormProps) {
  const say = usePhrases(phrases);
  const { title, clauses } = filter;
  const words = { and: say('and'), or: say('or'), orEmpty: say('orEmptyWord') };
  return (
    <fieldset className="grid gap-3 rounded-md border border-border p-3">
      <legend className="px-1 font-medium">{title}</legend>
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={say('filterTitle')}
          className="min-w-56 flex-1"
          value={title}
          onValue={(next) => onFilter({ ...filter, title: next })}
        />
        <Button kind="danger" aria-label={say('removeNamedFilter', { title })} onClick={() => onFilter(undefined)}>
          {say('removeFilter')}
        </Button>
      </div>
      <p className="break-words text-muted text-xs">
        {clauses.map((one) => conditionText(one, words)).join(` ${words.and} `)}
      </p>
      <ConditionList
        {...building}
        conditions={clauses}
        kind="all"
        around=""
        depth={0}
        onConditions={(next) => onFilter({ ...filter, clauses: next })}
      />
    </fieldset>
  );
}

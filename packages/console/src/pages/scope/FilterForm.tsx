import type { ScopeClause, ScopeCondition, ScopeFilter } from 'lockstep/admin-api/answers';
import { useId } from 'react';
import { Button } from '../../design/Button.tsx';
import { CodeBlock } from '../../design/CopyText.tsx';
import { CheckField, SelectField, TextField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';
import { addClause, isClause, OPERATORS, replaceAt, takesEmpty, takesValue, withOperator } from './scope-draft.ts';

interface FilterFormProps {
  readonly filter: ScopeFilter;
  /** Names offered for attributes; others may be typed. */
  readonly attributes: readonly string[];
  /** `undefined` takes the filter away. */
  readonly onFilter: (filter: ScopeFilter | undefined) => void;
}

/** One scoping filter: a title, and clauses that must all hold. */
export function FilterForm({ filter, attributes, onFilter }: FilterFormProps) {
  const say = usePhrases(phrases);
  const setClauses = (clauses: readonly ScopeCondition[]): void => onFilter({ ...filter, clauses });
  return (
    <fieldset className="grid gap-3 rounded-md border border-border p-3">
      <legend className="px-1 font-medium">{filter.title}</legend>
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={say('filterTitle')}
          className="min-w-56 flex-1"
          value={filter.title}
          onValue={(title) => onFilter({ ...filter, title })}
        />
        <Button onClick={() => onFilter(addClause(filter))}>{say('addClause')}</Button>
        <Button kind="danger" onClick={() => onFilter(undefined)}>
          {say('removeFilter')}
        </Button>
      </div>
      {filter.clauses.map((condition, at) =>
        isClause(condition) ? (
          <ClauseForm
            // biome-ignore lint/suspicious/noArrayIndexKey: clauses have nothing but their place
            key={at}
            clause={condition}
            attributes={attributes}
            onClause={(next) => setClauses(replaceAt(filter.clauses, at, next))}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: clauses have nothing but their place
          <div key={at} className="grid gap-1">
            <p className="text-muted">{say('nested')}</p>
            <CodeBlock label={say('nestedLabel')} text={JSON.stringify(condition, null, 2)} />
          </div>
        ),
      )}
    </fieldset>
  );
}

interface ClauseFormProps {
  readonly clause: ScopeClause;
  readonly attributes: readonly string[];
  /** `undefined` takes the clause away. */
  readonly onClause: (clause: ScopeClause | undefined) => void;
}

function ClauseForm({ clause, attributes, onClause }: ClauseFormProps) {
  const say = usePhrases(phrases);
  const id = useId();
  const { attribute, operator, value = '', orEmpty = false } = clause;
  return (
    <div className="grid gap-2 border-border border-t pt-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto]">
      <TextField
        label={say('attribute')}
        value={attribute}
        list={id}
        onValue={(next) => onClause({ ...clause, attribute: next })}
      />
      <datalist id={id}>
        {attributes.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField
        label={say('operator')}
        value={operator}
        choices={OPERATORS.map((one) => ({ value: one, label: one }))}
        onValue={(next) => onClause(withOperator(clause, next))}
      />
      {takesValue(operator) ? (
        <TextField label={say('value')} value={value} onValue={(next) => onClause({ ...clause, value: next })} />
      ) : (
        <div />
      )}
      <div className="self-end">
        <Button kind="quiet" aria-label={say('removeClause', { attribute })} onClick={() => onClause(undefined)}>
          <span aria-hidden="true">✕</span>
        </Button>
      </div>
      {takesEmpty(operator) && (
        <CheckField
          label={say('orEmpty')}
          hint={say('orEmptyHint')}
          checked={orEmpty}
          onValue={(isOn) => {
            const { orEmpty: _before, ...rest } = clause;
            onClause(isOn ? { ...rest, orEmpty: true } : rest);
          }}
        />
      )}
    </div>
  );
}

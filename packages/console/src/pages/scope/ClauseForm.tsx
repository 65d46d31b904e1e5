import type { DirectoryAttributeShape, ScopeClause } from 'lockstep/admin-api/answers';
import { useId } from 'react';
import { Button } from '../../design/Button.tsx';
import { CheckField, SelectField, TextField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { PrincipalField } from '../../pickers/PrincipalField.tsx';
import { phrases } from './phrases.ts';
import { asksMembership, OPERATORS, takesEmpty, takesValue, withOperator } from './scope-draft.ts';

/** What every part of the builder has to know. */
export interface Building {
  readonly object: 'users' | 'groups';
  /** Offered for clauses; other names may be typed. */
  readonly attributes: readonly DirectoryAttributeShape[];
}

interface ClauseFormProps extends Building {
  readonly clause: ScopeClause;
  /** Where it stands, such as `2.1`. */
  readonly place: string;
  /** `undefined` takes the clause away. */
  readonly onClause: (clause: ScopeClause | undefined) => void;
}

/** One clause: attribute, operator and value. */
export function ClauseForm({ clause, place, object, attributes, onClause }: ClauseFormProps) {
  const say = usePhrases(phrases);
  const id = useId();
  const { attribute, operator, value = '' } = clause;
  const isMembership = asksMembership(operator);
  const operators = OPERATORS.filter((one) => object === 'users' || one === operator || !asksMembership(one));
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto]">
      <legend className="sr-only">{say('clause', { place })}</legend>
      <TextField
        label={say('attribute')}
        value={attribute}
        list={id}
        readOnly={isMembership}
        spellCheck={false}
        onValue={(next) => onClause({ ...clause, attribute: next })}
      />
      <datalist id={id}>
        {attributes.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField
        label={say('operator')}
        value={operator}
        choices={operators.map((one) => ({ value: one, label: one }))}
        onValue={(next) => onClause(withOperator(clause, next))}
      />
      {isMembership && (
        <PrincipalField
          kind="groups"
          label={say('group')}
          value={value}
          onValue={(next) => onClause({ ...clause, value: next })}
        />
      )}
      {!isMembership && takesValue(operator) && (
        <TextField
          label={say('value')}
          value={value}
          spellCheck={false}
          onValue={(next) => onClause({ ...clause, value: next })}
        />
      )}
      {!takesValue(operator) && <div />}
      <div className="self-end">
        <Button kind="quiet" aria-label={say('removeClause', { place, attribute })} onClick={() => onClause(undefined)}>
          <span aria-hidden="true">✕</span>
        </Button>
      </div>
      <ClauseSwitches clause={clause} attributes={attributes} onClause={onClause} />
    </fieldset>
  );
}

function ClauseSwitches({ clause, attributes, onClause }: Pick<ClauseFormProps, 'clause' | 'attributes' | 'onClause'>) {
  const say = usePhrases(phrases);
  const { orEmpty = false, comparison, ...rest } = clause;
  const isAny = comparison === 'any';
  const hasMany = attributes.some(({ name, multiValued }) => name === clause.attribute && multiValued);
  const put = (next: Pick<ScopeClause, 'orEmpty' | 'comparison'>): void => onClause({ ...rest, ...next });
  const compared = comparison === undefined ? {} : { comparison };
  return (
    <div className="col-span-full flex flex-wrap gap-x-6 gap-y-1">
      {takesEmpty(clause.operator) && (
        <CheckField
          label={say('orEmpty')}
          hint={say('orEmptyHint')}
          checked={orEmpty}
          onValue={(isOn) => put({ ...compared, ...(isOn ? { orEmpty: true } : {}) })}
        />
      )}
      {(hasMany || isAny) && (
        <CheckField
          label={say('anyValue')}
          hint={say('anyValueHint')}
          checked={isAny}
          onValue={(isOn) => put({ ...(isOn ? { comparison: 'any' } : {}), ...(orEmpty ? { orEmpty } : {}) })}
        />
      )}
    </div>
  );
}

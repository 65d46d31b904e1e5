import type { ScopeCondition } from 'lockstep/admin-api/answers';
import { Button } from '../../design/Button.tsx';
import { SelectField } from '../../design/Field.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type Building, ClauseForm } from './ClauseForm.tsx';
import { phrases } from './phrases.ts';
import {
  CONDITIONS_MAX,
  type ConditionGroup,
  DEPTH_MAX,
  type GroupKind,
  groupOf,
  isClause,
  kindOf,
  NEW_CLAUSE,
  partsOf,
  replaceAt,
} from './scope-draft.ts';
import { useListFocus } from './use-list-focus.ts';

interface ConditionListProps extends Building {
  readonly conditions: readonly ScopeCondition[];
  /** Whether all of them must hold, or one is enough. */
  readonly kind: GroupKind;
  /** Places of the groups around, such as `2.1.`; empty in a filter itself. */
  readonly around: string;
  /** How many groups are around. */
  readonly depth: number;
  readonly onConditions: (conditions: readonly ScopeCondition[]) => void;
}

/** Conditions side by side, with buttons that add one. */
export function ConditionList({ conditions, kind, around, depth, onConditions, ...building }: ConditionListProps) {
  const say = usePhrases(phrases);
  const { list, adding } = useListFocus(conditions.length);
  const isFull = conditions.length >= CONDITIONS_MAX;
  // The other kind: a group of the kind it stands in would say nothing.
  const newGroup = groupOf(kind === 'all' ? 'any' : 'all', [NEW_CLAUSE]);
  return (
    <div className="grid gap-3">
      <div ref={list} className="grid gap-3">
        {conditions.map((condition, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have nothing but their place
          <div key={at} className="grid gap-2">
            {at > 0 && <p className="font-medium text-muted text-xs uppercase">{say(kind === 'all' ? 'and' : 'or')}</p>}
            <ConditionForm
              {...building}
              condition={condition}
              place={`${around}${at + 1}`}
              depth={depth}
              onCondition={(next) => onConditions(replaceAt(conditions, at, next))}
            />
          </div>
        ))}
      </div>
      <div ref={adding} className="flex flex-wrap gap-2">
        <Button disabled={isFull} onClick={() => onConditions([...conditions, NEW_CLAUSE])}>
          {say('addClause')}
        </Button>
        {depth < DEPTH_MAX && (
          <Button disabled={isFull} onClick={() => onConditions([...conditions, newGroup])}>
            {say('addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface ConditionFormProps extends Building {
  readonly condition: ScopeCondition;
  readonly place: string;
  readonly depth: number;
  /** `undefined` takes the condition away. */
  readonly onCondition: (condition: ScopeCondition | undefined) => void;
}

function ConditionForm({ condition, onCondition, ...rest }: ConditionFormProps) {
  return isClause(condition) ? (
    <ClauseForm clause={condition} onClause={onCondition} {...rest} />
  ) : (
    <GroupForm group={condition} onGroup={onCondition} {...rest} />
  );
}

interface GroupFormProps extends Omit<ConditionFormProps, 'condition' | 'onCondition'> {
  readonly group: ConditionGroup;
  readonly onGroup: (group: ConditionGroup | undefined) => void;
}

function GroupForm({ group, place, depth, onGroup, ...building }: GroupFormProps) {
  const say = usePhrases(phrases);
  const kind = kindOf(group);
  return (
    <fieldset className="grid gap-3 rounded-md border border-border border-l-4 p-3">
      <legend className="px-1 font-medium">{say('groupPlace', { place })}</legend>
      <div className="flex flex-wrap items-end gap-2">
        <SelectField
          label={say('holds')}
          value={kind}
          choices={[
            { value: 'any', label: say('holdsAny') },
            { value: 'all', label: say('holdsAll') },
          ]}
          onValue={(next) => onGroup(groupOf(next, partsOf(group)))}
        />
        <Button kind="danger" aria-label={say('removeGroupPlace', { place })} onClick={() => onGroup(undefined)}>
          {say('removeGroup')}
        </Button>
      </div>
      <ConditionList
        {...building}
        conditions={partsOf(group)}
        kind={kind}
        around={`${place}.`}
        depth={depth + 1}
        onConditions={(parts) => onGroup(groupOf(kind, parts))}
      />
    </fieldset>
  );
}

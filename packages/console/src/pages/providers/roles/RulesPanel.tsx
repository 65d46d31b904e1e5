import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';
import type { TablePanelProps } from './RolesPanel.tsx';
import { RowActions } from './RowActions.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import { moved, type Rule, withoutRule, withRule } from './role-table-draft.ts';

/** Rules by which a directory's values become roles. */
export function RulesPanel({ table, isListed, onTable }: TablePanelProps) {
  const say = usePhrases(roleTablePhrases);
  /** Place of the rule in the dialog; past the end = a new one. */
  const [open, setOpen] = useState<number>();
  const { rules } = table;
  const placeOf = (rule: Rule): number => rules.indexOf(rule);
  const columns: readonly Column<Rule>[] = [
    { id: 'value', header: say('value'), cell: ({ value }) => <span className="break-all">{value}</span> },
    { id: 'roles', header: say('becomes'), cell: ({ roles }) => roles.join(', ') || say('nothing') },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (rule) => (
        <RowActions
          name={rule.value}
          isFirst={placeOf(rule) === 0}
          isLast={placeOf(rule) === rules.length - 1}
          onEdit={() => setOpen(placeOf(rule))}
          onRemove={() => onTable(withoutRule(table, placeOf(rule)))}
          onMove={(by) => onTable({ ...table, rules: moved(rules, placeOf(rule), by) })}
        />
      ),
    },
  ];
  const add = <Button onClick={() => setOpen(rules.length)}>{say('addRule')}</Button>;
  return (
    <Panel title={say('rules')} actions={add} isFlush>
      <p className="px-4 pb-3 text-muted">{say(rules.length === 0 ? 'noRules' : 'rulesText')}</p>
      {rules.length > 0 && (
        <DataTable caption={say('rules')} columns={columns} rows={rules} keyOf={({ value }) => value} />
      )}
      {open !== undefined && (
        <RuleDialog
          rule={rules[open]}
          others={rules.filter((_, at) => at !== open).map(({ value }) => value)}
          known={isListed ? table.roles.map(({ name }) => name) : undefined}
          onClose={() => setOpen(undefined)}
          onRule={(rule) => {
            onTable(withRule(table, open, rule));
            setOpen(undefined);
          }}
        />
      )}
    </Panel>
  );
}

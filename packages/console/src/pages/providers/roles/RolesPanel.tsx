import type { RoleTable } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { Badge } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';
import { RoleDialog } from './RoleDialog.tsx';
import { RowActions } from './RowActions.tsx';
import { moved, type Role, withoutRole, withRole } from './role-table-draft.ts';

/** A table of roles that is edited, and whether the app keeps them in a list. */
export interface TablePanelProps {
  readonly table: RoleTable;
  readonly isListed: boolean;
  readonly onTable: (table: RoleTable) => void;
}

/** Roles of the app with what people see and who administrates. */
export function RolesPanel({ table, isListed, onTable }: TablePanelProps) {
  const say = usePhrases(roleTablePhrases);
  /** Place of the role in the dialog; past the end = a new one. */
  const [open, setOpen] = useState<number>();
  const { roles } = table;
  const placeOf = (role: Role): number => roles.indexOf(role);
  const columns: readonly Column<Role>[] = [
    { id: 'name', header: say('name'), cell: ({ name }) => <code className="break-all text-xs">{name}</code> },
    { id: 'title', header: say('title'), cell: ({ title }) => title },
    {
      id: 'administrator',
      header: say('administrator'),
      cell: ({ isAdministrator }) => isAdministrator && <Badge tone="accent">{say('administrator')}</Badge>,
    },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (role) => (
        <RowActions
          name={role.name}
          isFirst={placeOf(role) === 0}
          isLast={placeOf(role) === roles.length - 1}
          onEdit={() => setOpen(placeOf(role))}
          onRemove={() => onTable(withoutRole(table, placeOf(role)))}
          {...(isListed
            ? { onMove: (by: -1 | 1) => onTable({ ...table, roles: moved(roles, placeOf(role), by) }) }
            : {})}
        />
      ),
    },
  ];
  const add = <Button onClick={() => setOpen(roles.length)}>{say('addRole')}</Button>;
  return (
    <Panel title={say('roles')} actions={add} isFlush>
      <p className="px-4 pb-3 text-muted">{say(isListed ? 'listedText' : 'rolesText')}</p>
      {roles.length === 0 ? (
        <EmptyState title={say('noRoles')}>{say('noRolesText')}</EmptyState>
      ) : (
        <DataTable caption={say('roles')} columns={columns} rows={roles} keyOf={({ name }) => name} />
      )}
      {open !== undefined && (
        <RoleDialog
          role={roles[open]}
          others={roles.filter((_, at) => at !== open).map(({ name }) => name)}
          isListed={isListed}
          onClose={() => setOpen(undefined)}
          onRole={(role) => {
            onTable(withRole(table, open, role));
            setOpen(undefined);
          }}
        />
      )}
    </Panel>
  );
}

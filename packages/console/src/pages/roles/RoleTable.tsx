import type { AppRoleShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';

interface RoleTableProps {
  readonly roles: readonly AppRoleShape[];
  readonly onEdit: (role: AppRoleShape) => void;
  readonly onDelete: (role: AppRoleShape) => void;
}

/** Roles with who may have them. */
export function RoleTable({ roles, onEdit, onDelete }: RoleTableProps) {
  const say = usePhrases(phrases);
  const columns: readonly Column<AppRoleShape>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: ({ displayName, description }) => (
        <>
          <div>{displayName}</div>
          <div className="text-muted text-xs">{description}</div>
        </>
      ),
    },
    { id: 'value', header: say('value'), cell: ({ value }) => <code className="break-all text-xs">{value}</code> },
    {
      id: 'members',
      header: say('members'),
      cell: ({ allowedMemberTypes }) =>
        allowedMemberTypes.map((type) => say(type === 'User' ? 'user' : 'group')).join(', '),
    },
    {
      id: 'state',
      header: say('state'),
      cell: ({ isEnabled }) => (isEnabled ? <Badge tone="success">{say('on')}</Badge> : <Badge>{say('off')}</Badge>),
    },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (role) => (
        <div className="flex justify-end gap-2">
          <Button aria-label={say('editNamed', { name: role.displayName })} onClick={() => onEdit(role)}>
            {say('edit')}
          </Button>
          <Button
            kind="danger"
            aria-label={say('removeNamed', { name: role.displayName })}
            onClick={() => onDelete(role)}
          >
            {say('remove')}
          </Button>
        </div>
      ),
    },
  ];
  return <DataTable caption={say('title')} columns={columns} rows={roles} keyOf={({ id }) => id} />;
}

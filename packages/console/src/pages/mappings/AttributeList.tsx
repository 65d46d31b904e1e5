import type { EditShape, MappingTableShape, TargetAttribute } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { ConfirmDialog, Dialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AttributeForm } from './AttributeForm.tsx';
import { mappingPhrases } from './phrases.ts';

interface AttributeListProps {
  readonly app: string;
  readonly table: Tagged<MappingTableShape>;
  readonly onClose: () => void;
}

/** The attributes the app knows, which mappings can write to (Entra's "Edit attribute list"). */
export function AttributeList({ app, table, onClose }: AttributeListProps) {
  const say = usePhrases(mappingPhrases);
  const [edited, setEdited] = useState<TargetAttribute | 'new' | undefined>();
  const [doomed, setDoomed] = useState<TargetAttribute | undefined>();
  const flag = (isOn: boolean | undefined): string => say(isOn === true ? 'yes' : 'no');
  const columns: readonly Column<TargetAttribute>[] = [
    {
      id: 'name',
      header: say('attributeName'),
      cell: (one) => (
        <button type="button" className="link break-all text-left font-mono text-xs" onClick={() => setEdited(one)}>
          {one.name}
        </button>
      ),
    },
    { id: 'type', header: say('attributeType'), cell: ({ type }) => type },
    { id: 'multi', header: say('multiValued'), cell: ({ multiValued }) => flag(multiValued) },
    { id: 'required', header: say('required'), cell: ({ required }) => flag(required) },
    { id: 'filterable', header: say('filterable'), cell: ({ filterable }) => flag(filterable) },
    {
      id: 'remove',
      header: say('row'),
      hidesHeader: true,
      cell: (one) => (
        <Button kind="quiet" onClick={() => setDoomed(one)} aria-label={`${say('remove')}: ${one.name}`}>
          {say('remove')}
        </Button>
      ),
    },
  ];
  return (
    <Dialog
      isOpen
      as="drawer"
      onClose={onClose}
      title={say('attributes')}
      actions={
        <Button kind="primary" onClick={() => setEdited('new')}>
          {say('attributeAdd')}
        </Button>
      }
    >
      {edited === undefined ? (
        <DataTable
          caption={say('attributes')}
          columns={columns}
          rows={table.value.targetAttributes}
          keyOf={({ name }) => name}
        />
      ) : (
        <AttributeForm
          app={app}
          table={table}
          attribute={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {doomed !== undefined && (
        <RemoveAttribute app={app} table={table} name={doomed.name} onClose={() => setDoomed(undefined)} />
      )}
    </Dialog>
  );
}

function RemoveAttribute({ app, table, name, onClose }: AttributeListProps & { readonly name: string }) {
  const say = usePhrases(mappingPhrases);
  const change = useChange<EditShape>({ renews: [['apps', app]] });
  const call = {
    method: 'DELETE',
    path: ['apps', app, 'attributes', name],
    query: { object: table.value.objectType },
    ifMatch: table.etag,
  } as const;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('attributeRemoveTitle', { name })}
      verb={say('remove')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate(call, { onSuccess: onClose })}
    >
      <p>{say('attributeRemoveText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}

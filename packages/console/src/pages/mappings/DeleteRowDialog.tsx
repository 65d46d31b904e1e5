import type { AttributeMapping, EditShape, MappingTableShape } from 'lockstep/admin-api/answers';
import type { Tagged } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';

interface DeleteRowDialogProps {
  readonly app: string;
  readonly table: Tagged<MappingTableShape>;
  readonly row: AttributeMapping;
  readonly onClose: () => void;
}

/** Takes a row out of the table. */
export function DeleteRowDialog({ app, table, row, onClose }: DeleteRowDialogProps) {
  const say = usePhrases(mappingPhrases);
  const toasts = useToasts();
  const change = useChange<EditShape>({ renews: [['apps', app]] });
  const { target } = row;
  const call = {
    method: 'DELETE',
    path: ['apps', app, 'mappings', target],
    query: { object: table.value.objectType },
    ifMatch: table.etag,
  } as const;
  const done = (): void => {
    toasts.done(say('saved'));
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeTitle', { target })}
      verb={say('remove')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate(call, { onSuccess: done })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}

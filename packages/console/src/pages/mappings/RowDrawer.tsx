import type { AttributeMapping, EditShape, MappingTableShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EditOutcome } from './EditOutcome.tsx';
import { mappingPhrases } from './phrases.ts';
import { RowFields } from './RowFields.tsx';
import { RowPreview } from './RowPreview.tsx';
import { declaredOf, draftFault, draftOf, newDraft } from './row-draft.ts';

interface RowDrawerProps {
  readonly app: string;
  readonly table: Tagged<MappingTableShape>;
  /** Absent for a new row. */
  readonly row: AttributeMapping | undefined;
  readonly onClose: () => void;
}

/** One row with everything it can say, its live preview, and what saving it would change. */
export function RowDrawer({ app, table, row, onClose }: RowDrawerProps) {
  const say = usePhrases(mappingPhrases);
  const toasts = useToasts();
  const start = row === undefined ? newDraft : draftOf(row);
  const [draft, setDraft] = useState(start);
  const [outcome, setOutcome] = useState<EditShape | undefined>();
  const change = useChange<EditShape>({ renews: [] });
  const saving = useChange<EditShape>({ renews: [['apps', app]] });
  const object = table.value.objectType;
  const call = (dryRun: boolean) =>
    ({
      method: row === undefined ? 'POST' : 'PUT',
      path: row === undefined ? ['apps', app, 'mappings'] : ['apps', app, 'mappings', row.target],
      query: { object, dryRun },
      body: declaredOf(draft),
      ifMatch: table.etag,
    }) as const;
  const isReady = draftFault(draft) === undefined;
  const save = (): void =>
    saving.mutate(call(false), {
      onSuccess: () => {
        toasts.done(say('saved'));
        onClose();
      },
    });
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button
        disabled={!isReady}
        isBusy={change.isPending}
        onClick={() => change.mutate(call(true), { onSuccess: setOutcome })}
      >
        {say('check')}
      </Button>
      <Button kind="primary" disabled={!isReady} isBusy={saving.isPending} onClick={save}>
        {say('save')}
      </Button>
    </>
  );
  const failure = saving.error ?? change.error;
  return (
    <Dialog
      isOpen
      as="drawer"
      isSticky
      isDirty={JSON.stringify(draft) !== JSON.stringify(start)}
      onClose={onClose}
      title={row === undefined ? say('newTitle') : say('editOf', { target: row.target })}
      actions={actions}
    >
      <div className="grid gap-4">
        <RowFields
          object={object}
          attributes={table.value.targetAttributes}
          draft={draft}
          isNew={row === undefined}
          onChange={(next) => {
            setDraft(next);
            setOutcome(undefined);
          }}
        />
        <RowPreview app={app} object={object} draft={draft} />
        {failure !== null && <ErrorState error={failure} />}
        {outcome !== undefined && <EditOutcome outcome={outcome} />}
      </div>
    </Dialog>
  );
}

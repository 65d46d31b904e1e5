import type { ImportShape } from 'lockstep/admin-api/answers';
import { type ChangeEvent, useId, useState } from 'react';
import { apiUrl } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button, buttonClass } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { Facts } from '../../design/Panel.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EditOutcome } from './EditOutcome.tsx';
import { mappingPhrases } from './phrases.ts';

/** Takes the job out as Graph's schema, or in from one, seen before it is done. */
export function SchemaDialog({ app, onClose }: { readonly app: string; readonly onClose: () => void }) {
  const say = usePhrases(mappingPhrases);
  const toasts = useToasts();
  const id = useId();
  const [schema, setSchema] = useState<unknown>();
  const [isBad, setBad] = useState(false);
  const trial = useChange<ImportShape>({ renews: [] });
  const change = useChange<ImportShape>({ renews: [['apps', app]] });
  const call = (dryRun: boolean) =>
    ({ method: 'PUT', path: ['apps', app, 'schema'], query: { dryRun }, body: schema }) as const;
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const text = await event.currentTarget.files?.[0]?.text();
    trial.reset();
    try {
      setSchema(text === undefined ? undefined : JSON.parse(text));
      setBad(false);
    } catch {
      setSchema(undefined);
      setBad(true);
    }
  };
  const done = (): void => {
    toasts.done(say('imported'));
    onClose();
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button disabled={schema === undefined} isBusy={trial.isPending} onClick={() => trial.mutate(call(true))}>
        {say('importCheck')}
      </Button>
      <Button
        kind="primary"
        disabled={trial.data === undefined}
        isBusy={change.isPending}
        onClick={() => change.mutate(call(false), { onSuccess: done })}
      >
        {say('importApply')}
      </Button>
    </>
  );
  const failure = change.error ?? trial.error;
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={say('transfer')} actions={actions}>
      <div className="grid gap-4">
        <section className="grid justify-items-start gap-2">
          <h3 className="font-semibold">{say('exportTitle')}</h3>
          <p>{say('exportText')}</p>
          <a href={apiUrl({ path: ['apps', app, 'schema'] })} download={`${app}-schema.json`} className={buttonClass()}>
            {say('download')}
          </a>
        </section>
        <section className="grid gap-2">
          <h3 className="font-semibold">{say('importTitle')}</h3>
          <p>{say('importText')}</p>
          <label htmlFor={id} className="font-medium">
            {say('importFile')}
          </label>
          <input id={id} type="file" accept="application/json,.json" onChange={read} />
          {isBad && <ErrorState error={new Error(say('importBad'))} />}
          {failure !== null && <ErrorState error={failure} />}
          {trial.data !== undefined && <ImportOutcome outcome={trial.data} />}
        </section>
      </div>
    </Dialog>
  );
}

function ImportOutcome({ outcome }: { readonly outcome: ImportShape }) {
  const say = usePhrases(mappingPhrases);
  const { plan, findings } = outcome;
  return (
    <div className="grid gap-3">
      <EditOutcome outcome={outcome} />
      {plan !== undefined && (
        <section>
          <h4 className="font-medium">{say('planCounts')}</h4>
          <Facts facts={Object.entries(plan).map(([name, count]) => [name, String(count)] as const)} />
        </section>
      )}
      {findings.length > 0 && (
        <Notice tone="warning" title={say('findings')}>
          <ul className="list-disc pl-5">
            {findings.map((finding) => (
              <li key={JSON.stringify(finding)}>{`${finding.pointer}: ${finding.message} ${finding.advice}`}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

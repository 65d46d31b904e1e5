import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AppSettingsShape, ConnectionResultShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { taggedQuery, useChange } from '../../api/use-api.ts';
import { SaveBar } from '../../design/SaveBar.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { UnsavedGuard } from '../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { ConnectionFields } from './ConnectionFields.tsx';
import { changeOf, faultsOf, toDraft } from './connection-draft.ts';
import { connectionPhrases } from './phrases.ts';
import { TestOutcome } from './TestOutcome.tsx';

/** How the app is reached and how its job runs, with Test Connection of what is typed. */
export function ConnectionPage() {
  const { app } = useParams({ from: '/apps/$app/connection' });
  const query = useQuery(taggedQuery<AppSettingsShape>(['apps', app, 'settings']));
  return (
    <Loaded query={query} lines={8}>
      {(tagged) => <ConnectionForm key={tagged.etag} app={app} known={tagged} />}
    </Loaded>
  );
}

interface ConnectionFormProps {
  readonly app: string;
  readonly known: Tagged<AppSettingsShape>;
}

function ConnectionForm({ app, known }: ConnectionFormProps) {
  const say = usePhrases(connectionPhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(toDraft(known.value));
  const test = useChange<ConnectionResultShape>({ renews: [] });
  const save = useChange({ renews: [['apps', app], ['status']], onDone: () => toasts.done(say('saved')) });
  const change = changeOf(draft, known.value);
  const isDirty = Object.keys(change).length > 0;
  const faults = faultsOf(draft);
  const { tenantUrl, secretToken } = change;
  const unsaved = {
    ...(tenantUrl === undefined ? {} : { tenantUrl }),
    ...(secretToken === undefined ? {} : { secretToken }),
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PATCH', path: ['apps', app], body: change, ifMatch: known.etag });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} />
      <ConnectionFields
        draft={draft}
        faults={faults}
        hasSecret={known.value.hasSecret}
        onDraft={setDraft}
        onTest={() => test.mutate({ method: 'POST', path: ['apps', app, 'test'], body: unsaved })}
        isTesting={test.isPending}
      >
        {test.error !== null && <ErrorState error={test.error} />}
        {test.data !== undefined && <TestOutcome result={test.data} />}
      </ConnectionFields>
      {save.error !== null && <ErrorState error={save.error} />}
      <SaveBar
        isDirty={isDirty}
        isReady={faults.size === 0}
        isBusy={save.isPending}
        onDiscard={() => setDraft(toDraft(known.value))}
      />
    </form>
  );
}

import type { ProviderShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { CheckField, SelectField, TextAreaField, TextField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { SaveBar } from '../../design/SaveBar.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { UnsavedGuard } from '../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { providerPhrases } from './phrases.ts';
import { changeOf, faultsOf, type ProviderDraft, toDraft } from './provider-draft.ts';

/** What can be changed about a tenant. */
export function ProviderForm({ provider }: { readonly provider: ProviderShape }) {
  const say = usePhrases(providerPhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(toDraft(provider));
  const save = useChange<ProviderShape>({
    renews: [['providers']],
    onDone: (saved) => {
      setDraft(toDraft(saved));
      toasts.done(say('saved'));
    },
  });
  const change = changeOf(draft, provider);
  const isDirty = Object.keys(change).length > 0;
  const faults = faultsOf(draft);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PATCH', path: ['providers', provider.id], body: change });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} parameter="tab" />
      <Panel title={say('settings')}>
        <div className="grid gap-4">
          <ProviderFields draft={draft} faults={faults} onDraft={setDraft} />
          {save.error !== null && <ErrorState error={save.error} />}
          <SaveBar
            isDirty={isDirty}
            isReady={faults.size === 0}
            isBusy={save.isPending}
            onDiscard={() => setDraft(toDraft(provider))}
          />
        </div>
      </Panel>
    </form>
  );
}

interface ProviderFieldsProps {
  readonly draft: ProviderDraft;
  readonly faults: ReadonlySet<keyof ProviderDraft>;
  readonly onDraft: (draft: ProviderDraft) => void;
}

function ProviderFields({ draft, faults, onDraft }: ProviderFieldsProps) {
  const say = usePhrases(providerPhrases);
  const fault = (name: 'title' | 'requestsPerSecond' | 'burst') => (faults.has(name) ? { error: say('fault') } : {});
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <CheckField
        as="switch"
        label={say('provisioning')}
        hint={say('provisioningHint')}
        checked={draft.isOn}
        onValue={(isOn) => onDraft({ ...draft, isOn })}
      />
      <SelectField
        label={say('dialect')}
        hint={say('dialectHint')}
        value={draft.dialect}
        choices={[
          { value: 'lenient', label: say('lenient') },
          { value: 'strict', label: say('strict') },
        ]}
        onValue={(dialect) => onDraft({ ...draft, dialect })}
      />
      <TextField
        label={say('name')}
        maxLength={200}
        value={draft.title}
        {...fault('title')}
        onValue={(title) => onDraft({ ...draft, title })}
      />
      <TextAreaField
        label={say('addresses')}
        hint={say('addressesHint')}
        rows={3}
        spellCheck={false}
        value={draft.addresses}
        onValue={(addresses) => onDraft({ ...draft, addresses })}
      />
      <TextField
        label={say('requestsPerSecond')}
        hint={say('rateHint')}
        inputMode="decimal"
        value={draft.requestsPerSecond}
        {...fault('requestsPerSecond')}
        onValue={(requestsPerSecond) => onDraft({ ...draft, requestsPerSecond })}
      />
      <TextField
        label={say('burst')}
        hint={say('burstHint')}
        inputMode="numeric"
        value={draft.burst}
        {...fault('burst')}
        onValue={(burst) => onDraft({ ...draft, burst })}
      />
    </div>
  );
}

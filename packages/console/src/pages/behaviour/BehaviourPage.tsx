import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AppSettingsShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../api/call-api.ts';
import { taggedQuery, useChange } from '../../api/use-api.ts';
import { Panel } from '../../design/Panel.tsx';
import { SaveBar } from '../../design/SaveBar.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { UnsavedGuard } from '../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { behaviourChange, behaviourFaults, toBehaviour } from './behaviour-draft.ts';
import { settingGroups } from './behaviour-settings.ts';
import { behaviourPhrases } from './phrases.ts';
import { SettingField } from './SettingField.tsx';

/** Every switch of the job that is neither connection nor mapping nor scope. */
export function BehaviourPage() {
  const { app } = useParams({ from: '/apps/$app/behaviour' });
  const query = useQuery(taggedQuery<AppSettingsShape>(['apps', app, 'settings']));
  return (
    <Loaded query={query} lines={8}>
      {(tagged) => <BehaviourForm key={tagged.etag} app={app} known={tagged} />}
    </Loaded>
  );
}

function BehaviourForm({ app, known }: { readonly app: string; readonly known: Tagged<AppSettingsShape> }) {
  const say = usePhrases(behaviourPhrases);
  const toasts = useToasts();
  const { settings } = known.value;
  const [draft, setDraft] = useState(toBehaviour(settings));
  const save = useChange({ renews: [['apps', app], ['status']], onDone: () => toasts.done(say('saved')) });
  const change = behaviourChange(draft, settings);
  const isDirty = Object.keys(change).length > 0;
  const faults = behaviourFaults(draft);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PATCH', path: ['apps', app], body: change, ifMatch: known.etag });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} />
      <p className="text-muted">{say('intro')}</p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {settingGroups.map(({ title, settings: names }) => (
          <Panel key={title} title={say(title)}>
            <div className="grid gap-3">
              {names.map((name) => (
                <SettingField
                  key={name}
                  name={name}
                  value={draft[name]}
                  isFault={faults.has(name)}
                  onValue={(value) => setDraft({ ...draft, [name]: value })}
                />
              ))}
            </div>
          </Panel>
        ))}
      </div>
      {save.error !== null && <ErrorState error={save.error} />}
      <SaveBar
        isDirty={isDirty}
        isReady={faults.size === 0}
        isBusy={save.isPending}
        onDiscard={() => setDraft(toBehaviour(settings))}
      />
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { CountedProviderShape, RoleTable } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import type { Tagged } from '../../../api/call-api.ts';
import { taggedQuery, useChange } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { SaveBar } from '../../../design/SaveBar.tsx';
import { EmptyState, ErrorState, Loaded } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';
import { RolePreview } from './RolePreview.tsx';
import { RolesPanel } from './RolesPanel.tsx';
import { RulesPanel } from './RulesPanel.tsx';

/** Roles of a tenant, and which of a directory's values become them. */
export function RolesTab({ provider }: { readonly provider: CountedProviderShape }) {
  const say = usePhrases(roleTablePhrases);
  if (provider.roleKind !== 'none') return <RoleTableLoader provider={provider} />;
  return (
    <Panel isFlush>
      <EmptyState title={say('none')}>{say('noneText')}</EmptyState>
    </Panel>
  );
}

function RoleTableLoader({ provider }: { readonly provider: CountedProviderShape }) {
  const query = useQuery(taggedQuery<RoleTable>(['providers', provider.id, 'roles']));
  return (
    <Loaded query={query} lines={8}>
      {(known) => <RoleTableForm key={known.etag} provider={provider} known={known} />}
    </Loaded>
  );
}

interface RoleTableFormProps {
  readonly provider: CountedProviderShape;
  readonly known: Tagged<RoleTable>;
}

function RoleTableForm({ provider, known }: RoleTableFormProps) {
  const say = usePhrases(roleTablePhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(known.value);
  const path = ['providers', provider.id, 'roles'];
  const save = useChange<RoleTable>({ renews: [['providers', provider.id]], onDone: () => toasts.done(say('saved')) });
  const isDirty = JSON.stringify(draft) !== JSON.stringify(known.value);
  const isListed = provider.roleKind === 'listed';
  return (
    <div className="grid gap-4">
      <UnsavedGuard isDirty={isDirty && !save.isPending} parameter="tab" />
      <RolesPanel table={draft} isListed={isListed} onTable={setDraft} />
      <RulesPanel table={draft} isListed={isListed} onTable={setDraft} />
      {isDirty && <Notice tone="warning">{say('unsaved')}</Notice>}
      {save.error !== null && <ErrorState error={save.error} />}
      <SaveBar
        isDirty={isDirty}
        isReady
        isBusy={save.isPending}
        onSave={() => save.mutate({ method: 'PUT', path, body: draft, ifMatch: known.etag })}
        onDiscard={() => setDraft(known.value)}
      />
      <RolePreview provider={provider.id} table={isDirty ? draft : undefined} />
    </div>
  );
}

import type { SsoShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { CheckField, SelectField } from '../../../design/Field.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { SaveBar } from '../../../design/SaveBar.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { UnsavedGuard } from '../../../design/UnsavedGuard.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { OidcFields } from '../../../sign-on/OidcFields.tsx';
import { oidcFaults } from '../../../sign-on/oidc-draft.ts';
import { ssoPhrases } from './phrases.ts';
import { SamlFields } from './SamlFields.tsx';
import { isSsoDirty, knownOidc, type SsoDraft, ssoBody, ssoFaults, toSsoDraft } from './sso-draft.ts';

interface SsoFormProps {
  readonly provider: string;
  readonly known: SsoShape | undefined;
  readonly isLinkAdvised: boolean;
}

/** The settings of a tenant's single sign-on. */
export function SsoForm({ provider, known, isLinkAdvised }: SsoFormProps) {
  const say = usePhrases(ssoPhrases);
  const toasts = useToasts();
  const before = toSsoDraft(known, isLinkAdvised);
  const [draft, setDraft] = useState(before);
  const path = ['providers', provider, 'sso'];
  const save = useChange<SsoShape>({
    renews: [path],
    onDone: (saved) => {
      setDraft(toSsoDraft(saved, isLinkAdvised));
      toasts.done(say('saved'));
    },
  });
  const isDirty = isSsoDirty(draft, before);
  const faults = ssoFaults(draft, known);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ method: 'PUT', path, body: ssoBody(draft, known) });
      }}
    >
      <UnsavedGuard isDirty={isDirty && !save.isPending} parameter="tab" />
      <Panel title={say('settings')}>
        <div className="grid gap-4">
          <SsoFields draft={draft} isDirty={isDirty} known={known} onDraft={setDraft} />
          {save.error !== null && <ErrorState error={save.error} />}
          <SaveBar
            isDirty={isDirty}
            isReady={faults.size === 0}
            isBusy={save.isPending}
            onDiscard={() => setDraft(before)}
          >
            {known !== undefined && known.state !== 'off' && <span className="text-muted">{say('saveText')}</span>}
          </SaveBar>
        </div>
      </Panel>
    </form>
  );
}

interface SsoFieldsProps {
  readonly draft: SsoDraft;
  readonly isDirty: boolean;
  readonly known: SsoShape | undefined;
  readonly onDraft: (draft: SsoDraft) => void;
}

function SsoFields({ draft, isDirty, known, onDraft }: SsoFieldsProps) {
  const say = usePhrases(ssoPhrases);
  const oidc = knownOidc(known);
  return (
    <>
      <SelectField
        label={say('protocol')}
        className="max-w-xs"
        value={draft.protocol}
        choices={[
          { value: 'oidc', label: say('oidc') },
          { value: 'saml', label: say('saml') },
        ]}
        onValue={(protocol) => onDraft({ ...draft, protocol })}
      />
      {draft.protocol === 'oidc' ? (
        <OidcFields
          draft={draft.oidc}
          faults={isDirty ? oidcFaults(draft.oidc, oidc) : new Set()}
          known={oidc}
          onDraft={(change) => onDraft({ ...draft, oidc: { ...draft.oidc, ...change } })}
        />
      ) : (
        <SamlFields
          draft={draft.saml}
          faults={isDirty ? ssoFaults(draft, known) : new Set()}
          onDraft={(saml) => onDraft({ ...draft, saml })}
        />
      )}
      <CheckField
        label={say('linksByEmail')}
        hint={say('linksByEmailHint')}
        checked={draft.linksByEmail}
        onValue={(linksByEmail) => onDraft({ ...draft, linksByEmail })}
      />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ProviderShape, SsoAddressesShape, SsoShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { CopyText } from '../../../design/CopyText.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { BreakGlass } from './BreakGlass.tsx';
import { ssoPhrases } from './phrases.ts';
import { SsoForm } from './SsoForm.tsx';
import { SsoHead } from './SsoHead.tsx';

/** Single sign-on of a tenant: how it stands, what the directory is told, its settings. */
export function SignInTab({ provider }: { readonly provider: ProviderShape }) {
  const query = useQuery(apiQuery<SsoAddressesShape>(['providers', provider.id, 'sso', 'addresses']));
  return (
    <Loaded query={query} lines={8}>
      {(addresses) =>
        addresses.isSetUp ? (
          <SetUp provider={provider} addresses={addresses} />
        ) : (
          <Parts provider={provider} addresses={addresses} known={undefined} />
        )
      }
    </Loaded>
  );
}

interface PartsProps {
  readonly provider: ProviderShape;
  readonly addresses: SsoAddressesShape;
  /** Absent before it is set up. */
  readonly known: SsoShape | undefined;
}

function SetUp({ provider, addresses }: Omit<PartsProps, 'known'>) {
  const query = useQuery(apiQuery<SsoShape>(['providers', provider.id, 'sso']));
  return (
    <Loaded query={query} lines={8}>
      {(known) => <Parts provider={provider} addresses={addresses} known={known} />}
    </Loaded>
  );
}

function Parts({ provider, addresses, known }: PartsProps) {
  return (
    <div className="grid gap-4">
      <SsoHead provider={provider} known={known} />
      <Addresses addresses={addresses} />
      <SsoForm
        key={JSON.stringify(known?.settings)}
        provider={provider.id}
        known={known}
        isLinkAdvised={addresses.needsLinkByEmail}
      />
      <BreakGlass provider={provider.id} />
    </div>
  );
}

const ADDRESSES = ['signInUrl', 'redirectUrl', 'entityId', 'acsUrl', 'metadataUrl'] as const;

function Addresses({ addresses }: { readonly addresses: SsoAddressesShape }) {
  const say = usePhrases(ssoPhrases);
  return (
    <Panel title={say('addresses')}>
      <div className="grid gap-3 lg:grid-cols-2">
        {ADDRESSES.map((name) => (
          <div key={name} className="grid gap-1">
            <p className="font-medium">{say(name)}</p>
            <CopyText label={say(name)} text={addresses[name]} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

import type { CountedProviderShape } from 'lockstep/admin-api/answers';
import { CopyText } from '../../design/CopyText.tsx';
import { Facts, Panel } from '../../design/Panel.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { ProviderForm } from './ProviderForm.tsx';
import { ProviderTokens } from './ProviderTokens.tsx';
import { providerPhrases } from './phrases.ts';

/** How a tenant is reached, and whom it lets in. */
export function ConnectionTab({ provider }: { readonly provider: CountedProviderShape }) {
  const say = usePhrases(providerPhrases);
  return (
    <div className="grid gap-4">
      <Panel title={say('facts')}>
        <div className="grid gap-3">
          <CopyText label={say('tenantUrl')} text={provider.scimUrl} />
          <Facts
            facts={[
              [say('profile'), provider.profile],
              [say('users'), provider.users.toLocaleString()],
              [say('groups'), provider.groups.toLocaleString()],
              [say('created'), <TimeText key="created" at={provider.createdAt} />],
              [
                say('portal'),
                <a key="portal" href={`/portal/${encodeURIComponent(provider.id)}`} className="link">
                  {`/portal/${provider.id}`}
                </a>,
              ],
            ]}
          />
        </div>
      </Panel>
      <ProviderTokens provider={provider.id} />
      <ProviderForm provider={provider} />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServerSettingsShape } from 'lockstep/admin-api/answers';
import { useMay } from '../../../api/me.ts';
import { apiQuery } from '../../../api/use-api.ts';
import { CopyText } from '../../../design/CopyText.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { isFixed } from '../source-text.ts';
import { WithSource } from '../WithSource.tsx';
import { BaseUrlForm } from './BaseUrlForm.tsx';
import { addressPhrases } from './phrases.ts';

/** The address this server is reached by, and what contains it. */
export function AddressPage() {
  const say = usePhrases(addressPhrases);
  const query = useQuery(apiQuery<ServerSettingsShape>(['settings']));
  const mayChange = useMay('people') === true;
  return (
    <Loaded query={query} lines={6}>
      {({ publicUrl }) => (
        <div className="grid gap-4">
          <Panel title={say('title')}>
            <div className="grid gap-3">
              <p className="max-w-prose text-muted">{say('intro')}</p>
              {mayChange && !isFixed(publicUrl) ? (
                <BaseUrlForm known={publicUrl} />
              ) : (
                <div>
                  <WithSource text={publicUrl.value} setting={publicUrl} />
                </div>
              )}
            </div>
          </Panel>
          <Uses baseUrl={publicUrl.value} />
        </div>
      )}
    </Loaded>
  );
}

function Uses({ baseUrl }: { readonly baseUrl: string }) {
  const say = usePhrases(addressPhrases);
  return (
    <Panel title={say('uses')}>
      <div className="grid gap-3">
        <p className="text-muted">{say('usesText')}</p>
        {(
          [
            ['redirect', '/sign-in/oidc/callback'],
            ['api', '/api/v1'],
          ] as const
        ).map(([name, path]) => (
          <div key={name} className="grid gap-1">
            <p className="font-medium">{say(name)}</p>
            <CopyText label={say(name)} text={`${baseUrl}${path}`} />
          </div>
        ))}
        <p>
          <Link to="/providers" className="link">
            {say('scim')}
          </Link>{' '}
          <span className="text-muted">{say('scimText')}</span>
        </p>
      </div>
    </Panel>
  );
}

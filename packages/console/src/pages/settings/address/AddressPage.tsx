import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServerSettingsShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { CopyText } from '../../../design/CopyText.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { BaseUrlPanel } from './BaseUrlPanel.tsx';
import { addressPhrases } from './phrases.ts';

/** The address this server is reached by, and what contains it. */
export function AddressPage() {
  const { data } = useQuery(apiQuery<ServerSettingsShape>(['settings']));
  return (
    <div className="grid gap-4">
      <BaseUrlPanel />
      {data !== undefined && <Uses baseUrl={data.publicUrl.value} />}
    </div>
  );
}

const USES = [
  ['redirect', '/sign-in/oidc/callback'],
  ['api', '/api/v1'],
] as const;

function Uses({ baseUrl }: { readonly baseUrl: string }) {
  const say = usePhrases(addressPhrases);
  return (
    <Panel title={say('uses')}>
      <div className="grid gap-3">
        <p className="text-muted">{say('usesText')}</p>
        {USES.map(([name, path]) => (
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

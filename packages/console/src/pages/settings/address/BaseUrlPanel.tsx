import { useQuery } from '@tanstack/react-query';
import type { ServerSettingsShape } from 'lockstep/admin-api/answers';
import { useMay } from '../../../api/me.ts';
import { apiQuery } from '../../../api/use-api.ts';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { isFixed } from '../source-text.ts';
import { WithSource } from '../WithSource.tsx';
import { BaseUrlForm } from './BaseUrlForm.tsx';
import { addressPhrases } from './phrases.ts';

interface BaseUrlPanelProps {
  /** Parameter of the address whose change leaves the form as well. */
  readonly parameter?: string;
}

/** The base URL and what it is for; owners change it where nothing fixes it. */
export function BaseUrlPanel({ parameter }: BaseUrlPanelProps) {
  const say = usePhrases(addressPhrases);
  const query = useQuery(apiQuery<ServerSettingsShape>(['settings']));
  const mayChange = useMay('people') === true;
  return (
    <Panel title={say('title')}>
      <div className="grid gap-3">
        <p className="max-w-prose text-muted">{say('intro')}</p>
        <Loaded query={query} lines={2}>
          {({ publicUrl }) =>
            mayChange && !isFixed(publicUrl) ? (
              <BaseUrlForm known={publicUrl} {...(parameter === undefined ? {} : { parameter })} />
            ) : (
              <div>
                <WithSource text={publicUrl.value} setting={publicUrl} />
              </div>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}

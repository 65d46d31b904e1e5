import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { SecretOnce } from '../../../design/CopyText.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ssoPhrases } from './phrases.ts';

/** A way in while the directory is down. */
export function BreakGlass({ provider }: { readonly provider: string }) {
  const say = usePhrases(ssoPhrases);
  const make = useChange<{ readonly link: string }>({ renews: [] });
  return (
    <Panel title={say('breakGlass')}>
      <div className="grid justify-items-start gap-3">
        <p className="max-w-prose text-muted">{say('breakGlassText')}</p>
        {make.error !== null && <ErrorState error={make.error} />}
        {make.data === undefined ? (
          <Button
            isBusy={make.isPending}
            onClick={() => make.mutate({ method: 'POST', path: ['providers', provider, 'sso', 'break-glass'] })}
          >
            {say('makeLink')}
          </Button>
        ) : (
          <SecretOnce label={say('link')} text={make.data.link} />
        )}
      </div>
    </Panel>
  );
}

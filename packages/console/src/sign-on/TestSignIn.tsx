import { useQueryClient } from '@tanstack/react-query';
import { useChange } from '../api/use-api.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { ErrorState } from '../design/states.tsx';
import { usePhrases } from '../phrases/use-phrases.ts';
import { signOnPhrases } from './phrases.ts';

/** Makes a link that tries a sign-in in a window of its own. `path` is that of the sign-in in the API. */
export function TestSignIn({ path }: { readonly path: readonly string[] }) {
  const say = usePhrases(signOnPhrases);
  const client = useQueryClient();
  const make = useChange<{ readonly link: string }>({ renews: [] });
  /** The link is used up by opening it; whether it went well is seen when the reader comes back. */
  const open = (): void => {
    make.reset();
    void client.invalidateQueries({ queryKey: [...path], refetchType: 'none' });
  };
  return (
    <div className="grid gap-2">
      <p className="text-muted">{say('testText')}</p>
      {make.error !== null && <ErrorState error={make.error} />}
      <div className="flex flex-wrap items-center gap-2">
        {make.data === undefined ? (
          <Button isBusy={make.isPending} onClick={() => make.mutate({ method: 'POST', path: [...path, 'test-link'] })}>
            {say('test')}
          </Button>
        ) : (
          <>
            <a href={make.data.link} target="_blank" rel="noreferrer" className={buttonClass('primary')} onClick={open}>
              {say('testLink')}
            </a>
            <span className="text-muted">{say('testLinkText')}</span>
          </>
        )}
      </div>
    </div>
  );
}

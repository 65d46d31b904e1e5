import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { TextField } from '../../../design/Field.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { mailPhrases } from './phrases.ts';

/** Sends a mail at once, and shows what the mail server said. */
export function TestMail() {
  const say = usePhrases(mailPhrases);
  const [to, setTo] = useState('');
  const test = useChange<{ readonly to: string }>({ renews: [['mail']] });
  return (
    <Panel title={say('test')}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate({ method: 'POST', path: ['mail', 'test'], body: { to: to.trim() } });
        }}
      >
        <p className="text-muted">{say('testText')}</p>
        <div className="flex flex-wrap items-end gap-2">
          <TextField label={say('address')} type="email" value={to} onValue={setTo} className="w-80 max-w-full" />
          <Button type="submit" disabled={!/^\S+@\S+$/.test(to.trim())} isBusy={test.isPending}>
            {say('send')}
          </Button>
        </div>
        {test.error !== null && <ErrorState error={test.error} />}
        {test.data !== undefined && (
          <Notice tone="success" isAlert>
            {say('sent', { to: test.data.to })}
          </Notice>
        )}
      </form>
    </Panel>
  );
}

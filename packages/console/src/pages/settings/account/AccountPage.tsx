import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../../api/me.ts';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { accountPhrases } from './phrases.ts';
import { SessionList } from './SessionList.tsx';

/** The account of whoever is signed in: password and sessions. */
export function AccountPage() {
  const say = usePhrases(accountPhrases);
  const query = useQuery(meQuery);
  return (
    <div className="grid gap-4">
      <Panel title={say('password')}>
        <Loaded query={query}>
          {({ hasPassword }) => (hasPassword ? <PasswordForm /> : <p className="text-muted">{say('directory')}</p>)}
        </Loaded>
      </Panel>
      <SessionList />
    </div>
  );
}

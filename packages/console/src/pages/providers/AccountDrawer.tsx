import { useQuery } from '@tanstack/react-query';
import type { AccountShape } from 'lockstep/admin-api/answers';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { CodeBlock } from '../../design/CopyText.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { Facts } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AccountState } from './AccountState.tsx';
import { accountPhrases } from './account-phrases.ts';
import { mayRemove, nameOf, originOf } from './account-text.ts';

interface AccountDrawerProps {
  readonly provider: string;
  /** Its id. */
  readonly account: string;
  readonly onClose: () => void;
  readonly onRemove: (account: AccountShape) => void;
}

/** One account with all it holds. */
export function AccountDrawer({ provider, account, onClose, onRemove }: AccountDrawerProps) {
  const say = usePhrases(accountPhrases);
  const query = useQuery(apiQuery<AccountShape>(['providers', provider, 'accounts', account]));
  const shown = query.data;
  const actions = shown !== undefined && (
    <>
      {mayRemove(shown) && (
        <Button kind="danger" onClick={() => onRemove(shown)}>
          {say('remove')}
        </Button>
      )}
      <AdministratorButton provider={provider} account={shown} />
    </>
  );
  return (
    <Dialog
      isOpen
      as="drawer"
      onClose={onClose}
      title={shown === undefined ? say('account') : nameOf(shown) || shown.userName}
      actions={actions}
    >
      <Loaded query={query} lines={8}>
        {(one) => <AccountFacts account={one} />}
      </Loaded>
    </Dialog>
  );
}

function AccountFacts({ account }: { readonly account: AccountShape }) {
  const say = usePhrases(accountPhrases);
  const origin = originOf(account);
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          [say('userName'), account.userName],
          [say('state'), <AccountState key="state" isActive={account.isActive} />],
          [say('origin'), say(origin)],
          [say('meaning'), say(`${origin}Text`)],
          [say('roles'), account.roles.join(', ') || say('none')],
          ...(account.unknownRoles.length === 0
            ? []
            : [[say('unknownRoles'), account.unknownRoles.join(', ')] as const]),
          [
            say('administrator'),
            say(account.isNamedAdministrator ? 'named' : account.isAdministrator ? 'byRole' : 'no'),
          ],
          [say('id'), <code key="id">{account.id}</code>],
        ]}
      />
      <h3 className="font-semibold">{say('resource')}</h3>
      <CodeBlock label={say('resource')} text={JSON.stringify(account.resource, null, 2)} />
    </div>
  );
}

function AdministratorButton({ provider, account }: { readonly provider: string; readonly account: AccountShape }) {
  const say = usePhrases(accountPhrases);
  const toasts = useToasts();
  const change = useChange({ renews: [['providers', provider, 'accounts']] });
  const isOne = account.isNamedAdministrator;
  return (
    <Button
      isBusy={change.isPending}
      onClick={() =>
        change.mutate(
          {
            method: 'PUT',
            path: ['providers', provider, 'accounts', account.id, 'administrator'],
            body: { isAdministrator: !isOne },
          },
          { onError: toasts.failed },
        )
      }
    >
      {say(isOne ? 'unname' : 'nameOne')}
    </Button>
  );
}

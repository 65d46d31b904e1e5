import { Badge } from '../../design/Badge.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { accountPhrases } from './account-phrases.ts';

/** Whether an account is active. */
export function AccountState({ isActive }: { readonly isActive: boolean }) {
  const say = usePhrases(accountPhrases);
  return isActive ? <Badge tone="success">{say('active')}</Badge> : <Badge>{say('inactive')}</Badge>;
}

import { useQuery } from '@tanstack/react-query';
import type { MailShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../api/use-api.ts';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { BaseUrlPanel } from '../settings/address/BaseUrlPanel.tsx';
import { MailForm } from '../settings/mail/MailForm.tsx';
import { mailPhrases } from '../settings/mail/phrases.ts';
import { welcomePhrases } from './phrases.ts';
import { StepEnd } from './StepEnd.tsx';

/** Base URL and mail; both may be left as they are. */
export function AddressStep() {
  const say = usePhrases(welcomePhrases);
  const sayMail = usePhrases(mailPhrases);
  const mail = useQuery(apiQuery<MailShape>(['mail']));
  return (
    <>
      <p className="mb-3 max-w-prose">{say('addressText')}</p>
      <div className="grid gap-4">
        <BaseUrlPanel parameter="step" />
        <Loaded query={mail} lines={6}>
          {(known) => <MailForm mail={known} title={sayMail('title')} text={sayMail('what')} parameter="step" />}
        </Loaded>
      </div>
      <StepEnd next="people" />
    </>
  );
}

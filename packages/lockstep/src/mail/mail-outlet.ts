import type { OutgoingRule } from '../outgoing/outgoing-rule.ts';
import type { EffectiveSettings } from '../settings/server-settings.ts';
import type { Sending } from './mail-service.ts';
import { createGuardedSendMail, createSendMail, type SendMail } from './mail-transport.ts';

/** How mails are sent by the settings that hold now; made anew when they change. */
export function createMailOutlet(effective: () => EffectiveSettings, rule: OutgoingRule): () => Sending {
  let of: EffectiveSettings | undefined;
  let sending: Sending = { send: undefined, to: [] };
  return () => {
    const now = effective();
    if (now !== of) {
      of = now;
      sending = { send: senderFor(now, rule), to: now.mailTo };
    }
    return sending;
  };
}

function senderFor({ mailUrl, mailServer, mailFrom }: EffectiveSettings, rule: OutgoingRule): SendMail | undefined {
  if (mailUrl !== undefined) return createSendMail(mailUrl, mailFrom);
  return mailServer === undefined ? undefined : createGuardedSendMail(mailServer, mailFrom, rule);
}

import { useQuery } from '@tanstack/react-query';
import type { MailShape } from 'lockstep/admin-api/answers';
import { useMay } from '../../../api/me.ts';
import { apiQuery } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { Facts, Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { WithSource } from '../WithSource.tsx';
import { MailFailures } from './MailFailures.tsx';
import { MailForm } from './MailForm.tsx';
import { mailPhrases } from './phrases.ts';
import { TestMail } from './TestMail.tsx';

/** Notifications by mail: the server they go through, a test, and what failed. Owners change the settings. */
export function MailPage() {
  const say = usePhrases(mailPhrases);
  const query = useQuery(apiQuery<MailShape>(['mail']));
  const [mayTest, mayChange] = [useMay('configure') === true, useMay('people') === true];
  return (
    <Loaded query={query} lines={8}>
      {(mail) => (
        <div className="grid gap-4">
          <MailState mail={mail} showsSettings={!mayChange} />
          {mayChange && <MailForm mail={mail} title={say('settings')} text={say('settingsText')} />}
          {mail.isOn && mayTest && <TestMail />}
          {mail.isOn && <MailFailures failures={mail.failures} />}
        </div>
      )}
    </Loaded>
  );
}

function MailState({ mail, showsSettings }: { readonly mail: MailShape; readonly showsSettings: boolean }) {
  const say = usePhrases(mailPhrases);
  return (
    <Panel title={say('title')}>
      {mail.isOn ? (
        <div className="grid gap-3">
          {showsSettings && <MailSettings mail={mail} />}
          <Facts
            facts={[
              [say('waiting'), mail.waiting.toLocaleString()],
              [say('failed'), mail.failed.toLocaleString()],
            ]}
          />
        </div>
      ) : (
        <Notice tone="warning" title={say('off')}>
          {say('offText')}
        </Notice>
      )}
    </Panel>
  );
}

/** For whoever may look and not change. */
function MailSettings({ mail: { mailServer, mailFrom, mailTo } }: { readonly mail: MailShape }) {
  const say = usePhrases(mailPhrases);
  const server = mailServer.value;
  if (server === null) return null;
  const to = mailTo.value.length === 0 ? say('toNobody') : mailTo.value.join(', ');
  return (
    <Facts
      facts={[
        [say('host'), <WithSource key="server" text={`${server.host}:${server.port}`} setting={mailServer} />],
        [say('security'), say(server.security)],
        [say('user'), server.user ?? say('nobody')],
        [say('from'), <WithSource key="from" text={mailFrom.value ?? ''} setting={mailFrom} />],
        [say('to'), <WithSource key="to" text={to} setting={mailTo} />],
      ]}
    />
  );
}

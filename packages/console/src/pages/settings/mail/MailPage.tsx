import { useQuery } from '@tanstack/react-query';
import type { MailShape } from 'lockstep/admin-api/answers';
import { useMay } from '../../../api/me.ts';
import { apiQuery } from '../../../api/use-api.ts';
import { Notice } from '../../../design/Badge.tsx';
import { Facts, Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { settingsPhrases } from '../phrases.ts';
import { type SettingSource, sourceText } from '../source-text.ts';
import { MailFailures } from './MailFailures.tsx';
import { mailPhrases } from './phrases.ts';
import { TestMail } from './TestMail.tsx';

/** Notifications by mail: the server they go through, a test, and what failed. */
export function MailPage() {
  const query = useQuery(apiQuery<MailShape>(['mail']));
  const mayTest = useMay('configure') === true;
  return (
    <Loaded query={query} lines={8}>
      {(mail) => (
        <div className="grid gap-4">
          <MailFacts mail={mail} />
          {mail.isOn && mayTest && <TestMail />}
          {mail.isOn && <MailFailures failures={mail.failures} />}
        </div>
      )}
    </Loaded>
  );
}

function MailFacts({ mail }: { readonly mail: MailShape }) {
  const say = usePhrases(mailPhrases);
  const { server, from, to, sources } = mail;
  if (server === null) {
    return (
      <Panel title={say('title')}>
        <Notice tone="warning" title={say('off')}>
          {say('offText')}
        </Notice>
      </Panel>
    );
  }
  const user =
    server.user === null
      ? say('nobody')
      : server.hasPassword
        ? say('withPassword', { user: server.user })
        : server.user;
  return (
    <Panel title={say('title')}>
      <Facts
        facts={[
          [say('server'), <WithSource key="server" text={`${server.host}:${server.port}`} source={sources.server} />],
          [say('security'), say(server.security)],
          [say('user'), user],
          [say('from'), <WithSource key="from" text={from ?? ''} source={sources.from} />],
          [
            say('to'),
            <WithSource key="to" text={to.length === 0 ? say('toNobody') : to.join(', ')} source={sources.to} />,
          ],
          [say('waiting'), mail.waiting.toLocaleString()],
          [say('failed'), mail.failed.toLocaleString()],
        ]}
      />
    </Panel>
  );
}

function WithSource({ text, source }: { readonly text: string; readonly source: SettingSource }) {
  const said = sourceText(source, usePhrases(settingsPhrases));
  return (
    <>
      <span className="break-all">{text}</span>
      {said !== undefined && <span className="block text-muted text-xs">{said}</span>}
    </>
  );
}

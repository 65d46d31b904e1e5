import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** Password that the sink takes; the user may be anybody. */
export const SINK_PASSWORD = 'mail-pass-123';

/** A real mail server on loopback that keeps what it takes. */
export interface MailSink {
  /** With user and password. */
  readonly url: string;
  readonly mails: Email[];
  /** What it answers to the next mails instead of taking them. */
  refuse?: { readonly code: number; readonly text: string };
}

/** Opens a mail server; it closes when the test ends. */
export async function openMailSink(t: { after(close: () => Promise<void>): void }): Promise<MailSink> {
  const mails: Email[] = [];
  const sink: MailSink = { url: '', mails };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) =>
      password === SINK_PASSWORD ? done(null, { user: 'me' }) : done(new Error('no')),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (sink.refuse !== undefined) {
          done(Object.assign(new Error(sink.refuse.text), { responseCode: sink.refuse.code }));
          return;
        }
        mails.push(await PostalMime.parse(Buffer.concat(chunks)));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = listening.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(sink, { url: `smtp://me:${SINK_PASSWORD}@127.0.0.1:${port}` });
}

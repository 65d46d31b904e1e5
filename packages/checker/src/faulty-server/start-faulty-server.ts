import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { FaultyServer } from './create-faulty-server.ts';
import type { ServerReply } from './server-reply.ts';

/** A faulty server that listens. */
export interface StartedServer {
  /** Base address without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** Puts a faulty server on a free port of this machine. */
export async function startFaultyServer(faulty: FaultyServer): Promise<StartedServer> {
  const server = createServer(async (message, response) => {
    const parts: Buffer[] = [];
    for await (const part of message) parts.push(part);
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const body = parts.length === 0 ? undefined : Buffer.concat(parts).toString('utf8');
    await send(response, faulty.handle({ method: message.method ?? 'GET', path: message.url ?? '/', headers, body }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function send(response: ServerResponse, reply: ServerReply): Promise<void> {
  switch (reply.do) {
    case 'hang-up':
      response.destroy();
      return;
    case 'delay': {
      const timer = setTimeout(() => void send(response, reply.answer), reply.ms);
      response.on('close', () => clearTimeout(timer));
      return;
    }
    case 'flood':
      response.writeHead(reply.status, { 'content-type': 'application/scim+json' });
      for (let sent = 0; sent < reply.bytes && !response.destroyed; sent += CHUNK.length) {
        if (!response.write(CHUNK)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
      return;
    case 'answer':
      response.writeHead(reply.status, reply.headers);
      response.end(reply.body);
  }
}

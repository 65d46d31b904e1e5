import type { Server } from 'node:http';
import { LockstepError } from '../lockstep-error.ts';
import type { Settings } from '../settings/read-settings.ts';

/**
 * Listens where the settings say, and gives the address without a slash at the end.
 *
 * @throws {LockstepError} `portBusy` or `badSetting`
 */
export function listen(server: Server, settings: Settings): Promise<string> {
  const { host, port } = settings;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, settings)));
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${reachable(host)}:${actual}`);
    });
  });
}

/** A server on every address of the machine is reached by any of them. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function listenError(error: Error, { host, port }: Settings): LockstepError {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const hint = 'Stop what runs there, or name another port with --port.';
    return new LockstepError('portBusy', `port ${port} of ${host} is in use`, { hint, cause: error });
  }
  if (code === 'EACCES') {
    return new LockstepError('badSetting', `port ${port} may not be used by this user`, { cause: error });
  }
  return new LockstepError('badSetting', `the server cannot listen on ${host}:${port}: ${error.message}`, {
    cause: error,
  });
}

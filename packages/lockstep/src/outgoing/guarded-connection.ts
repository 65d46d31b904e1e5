import { connect, type Socket } from 'node:net';
import { guardedLookup, refusalOfAddress } from './guarded-lookup.ts';
import type { OutgoingRule } from './outgoing-rule.ts';

export interface ConnectionTarget {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** Opens a TCP connection under the address rule of this installation. @throws {RefusedAddress} and what connecting throws */
export function connectGuarded({ host, port, timeoutMs }: ConnectionTarget, rule: OutgoingRule): Promise<Socket> {
  const refusal = refusalOfAddress(rule, host);
  if (refusal !== undefined) return Promise.reject(refusal);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: guardedLookup(rule), timeout: timeoutMs });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const timeOut = (): void => fail(new Error(`no connection to ${host}:${port} within ${timeoutMs} ms`));
    socket.once('error', fail);
    socket.once('timeout', timeOut);
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.off('timeout', timeOut);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

import type { Exchange } from '@lockstep/scim/client';
import type { CyclePorts } from './cycle-ports.ts';

/** Ports whose client tells what it sends, for the log of one change. */
export interface Trace<Ports> {
  readonly ports: Ports;
  readonly exchanges: readonly Exchange[];
}

/** Begins to listen; without a client that can be listened to nothing is told. */
export function openTrace<Ports extends Pick<CyclePorts, 'client' | 'tracedClient'>>(ports: Ports): Trace<Ports> {
  if (ports.tracedClient === undefined) return { ports, exchanges: [] };
  const exchanges: Exchange[] = [];
  const client = ports.tracedClient((exchange) => exchanges.push(exchange));
  return { ports: { ...ports, client }, exchanges };
}

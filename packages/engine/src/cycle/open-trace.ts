import type { Exchange } from '@lockstep/scim/client';
import type { CyclePorts } from './cycle-ports.ts';

/** Ports whose client tells what it sends, for the log of one change. */
export interface Trace<Ports> {
  readonly ports: Ports;
  readonly exchanges: readonly Exchange[];
}

/**
 * Begins to listen; without a client that can be listened to nothing is told.
 *
 * @param beforeWrite awaited right before each request that writes
 */
export function openTrace<Ports extends Pick<CyclePorts, 'client' | 'tracedClient'>>(
  ports: Ports,
  beforeWrite?: () => Promise<void>,
): Trace<Ports> {
  if (ports.tracedClient === undefined) return { ports, exchanges: [] };
  const exchanges: Exchange[] = [];
  const client = ports.tracedClient((exchange) => exchanges.push(exchange), beforeWrite);
  return { ports: { ...ports, client }, exchanges };
}

import type { WireShape } from '@lockstep/scim/client';
import type { JobDefinition } from '../job/job-definition.ts';
import { legacyWire } from './legacy-wire.ts';
import { rfcWire } from './rfc-wire.ts';

const WIRES: Readonly<Record<JobDefinition['dialect'], WireShape>> = { rfc: rfcWire, 'entra-legacy': legacyWire };

/** The bodies a job sends, in its dialect. */
export function createWire(dialect: JobDefinition['dialect']): WireShape {
  return WIRES[dialect];
}

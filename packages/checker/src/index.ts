export {
  createFaultyServer,
  type FaultyServer,
  type FaultyServerOptions,
} from './faulty-server/create-faulty-server.ts';
export {
  type Fault,
  type FaultPlan,
  faults,
  fraction,
  type PlannedRequest,
  type Quirk,
  quirks,
  seededFaults,
} from './faulty-server/fault.ts';
export { type FaultyFetchOptions, faultyFetch } from './faulty-server/faulty-fetch.ts';
export type { ResourceShelf } from './faulty-server/resource-shelf.ts';
export type { ServerReply, ServerRequest } from './faulty-server/server-reply.ts';

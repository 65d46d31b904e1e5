import { type NextHandlers, nextHandlers } from '@lockstep/provider/adapters/next';
import { scim } from '../../../../scim.ts';

const handlers: NextHandlers = nextHandlers(scim);

/** Node brings the database, so the route does not run at the edge. */
export const runtime = 'nodejs';
export const GET: NextHandlers['GET'] = handlers.GET;
export const POST: NextHandlers['POST'] = handlers.POST;
export const PUT: NextHandlers['PUT'] = handlers.PUT;
export const PATCH: NextHandlers['PATCH'] = handlers.PATCH;
export const DELETE: NextHandlers['DELETE'] = handlers.DELETE;

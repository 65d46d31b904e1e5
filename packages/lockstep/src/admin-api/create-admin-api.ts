import { OpenAPIHono } from '@hono/zod-openapi';
import type { HonoRequest, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { spreadIssue } from '../apps/spread-issue.ts';
import { LockstepError } from '../lockstep-error.ts';
import { findPrincipal } from '../people/find-principal.ts';
import { permissionOf } from '../people/permission-of.ts';
import { isJsonType, isSameOrigin, ownOrigins } from '../people/same-origin.ts';
import type { Services } from '../server/services.ts';
import { addAboutRoutes } from './about-routes.ts';
import { addAppRoutes } from './app-routes.ts';
import { addAppSettingsRoutes } from './app-settings-routes.ts';
import { addApplyRoutes } from './apply-routes.ts';
import { addAssignmentRoutes } from './assignment-routes.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { auditTrail } from './audit-trail.ts';
import { addClientRoutes } from './client-routes.ts';
import { addConsoleSignInRoutes } from './console-sign-in-routes.ts';
import { addDirectoryRoutes } from './directory-routes.ts';
import { addExpiryRoutes } from './expiry-routes.ts';
import { addExplainRoutes } from './explain-routes.ts';
import { addExpressionRoutes } from './expression-routes.ts';
import { addFeedRoutes } from './feed-routes.ts';
import { addFindingRoutes } from './finding-routes.ts';
import { addGalleryRoutes } from './gallery-routes.ts';
import { addImportRoutes } from './import-routes.ts';
import { addJobLifeRoutes } from './job-life-routes.ts';
import { addJobRoutes } from './job-routes.ts';
import { addLinkRoutes } from './link-routes.ts';
import { addLogRoutes } from './log-routes.ts';
import { addMailRoutes } from './mail-routes.ts';
import { addMappingRoutes } from './mapping-routes.ts';
import { addMeRoutes } from './me-routes.ts';
import { addMembershipRoutes } from './membership-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPlanRoutes } from './plan-routes.ts';
import { asLockstepError, problemAnswer } from './problem.ts';
import { addProviderAccountRoutes } from './provider-account-routes.ts';
import { addProviderGroupRoutes } from './provider-group-routes.ts';
import { addProviderPortalRoutes } from './provider-portal-routes.ts';
import { addProviderRequestRoutes } from './provider-request-routes.ts';
import { addProviderRoleRoutes } from './provider-role-routes.ts';
import { addProviderRoutes } from './provider-routes.ts';
import { addProviderSourceRoutes } from './provider-source-routes.ts';
import { addSampleRoutes } from './sample-routes.ts';
import { addSchemaRoutes } from './schema-routes.ts';
import { addScopeRoutes } from './scope-routes.ts';
import { addSecretRoutes } from './secret-routes.ts';
import { addSettingsRoutes } from './settings-routes.ts';
import { addSsoRoutes } from './sso-routes.ts';
import { addStatusRoutes } from './status-routes.ts';
import { addTokenRoutes } from './token-routes.ts';
import { addWebhookRoutes } from './webhook-routes.ts';

/** The admin API as routes are added to it. */
export type AdminApi = OpenAPIHono;

const BODY_BYTES_MAX = 1024 * 1024;
/** Files of people and whole declarations come in one body. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const WITH_FILES: ReadonlySet<string> = new Set(['/api/v1/directory/import', '/api/v1/apply']);

declare module 'hono' {
  interface ContextVariableMap {
    /** Where the request came from, as the socket or a trusted proxy tells; `unknown` for questions of the API to itself. */
    address: string;
  }
}

interface Asker {
  readonly address: string;
}

/** Answers one request; `address` is where it came from. */
export type AnswerAdmin = (request: Request, address: string) => Promise<Response>;

/** Makes the admin API below `/api/v1`. Its description is at `/api/v1/openapi.json`, the only path without a key. */
export function createAdminApi(services: Services): AnswerAdmin {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const faults = result.error.issues.flatMap(spreadIssue);
      const issues = faults.map(({ path, message }) => ({ place: path.map(String).join('.'), message }));
      const [first] = issues;
      const where = first === undefined || first.place === '' ? '' : `${first.place}: `;
      throw new LockstepError('badRequest', `${where}${first?.message ?? 'the request does not fit'}`, { issues });
    },
  }).basePath('/api/v1');
  describe(api);
  api.use('*', async (context, next) => {
    // What `fetch` below is given; the API's questions to itself give nothing.
    const { address = 'unknown' }: Partial<Asker> = context.env ?? {};
    context.set('address', address);
    await next();
  });
  api.use('*', requirePrincipal(services));
  api.use('*', limitBody());
  api.use('*', async (context, next) => {
    // Behind the check of who asks, which looks at the content type of changes with a cookie.
    context.req.raw = withoutEmptyJson(context.req.raw);
    await next();
  });
  api.use(
    '*',
    auditTrail(services, (request) => Promise.resolve(api.fetch(request))),
  );
  addProviderRoutes(api, services);
  addProviderRoleRoutes(api, services);
  addProviderRequestRoutes(api, services);
  addProviderAccountRoutes(api, services);
  addProviderGroupRoutes(api, services);
  addProviderPortalRoutes(api, services);
  addProviderSourceRoutes(api, services);
  addTokenRoutes(api, services);
  addClientRoutes(api, services);
  addWebhookRoutes(api, services);
  addDirectoryRoutes(api, services);
  addMembershipRoutes(api, services);
  addImportRoutes(api, services);
  addFeedRoutes(api, services);
  addGalleryRoutes(api);
  addAppRoutes(api, services);
  addAppSettingsRoutes(api, services);
  addAssignmentRoutes(api, services);
  addLinkRoutes(api, services);
  addMappingRoutes(api, services);
  addScopeRoutes(api, services);
  addSchemaRoutes(api, services);
  addJobRoutes(api, services);
  addJobLifeRoutes(api, services);
  addExplainRoutes(api, services);
  addLogRoutes(api, services);
  addStatusRoutes(api, services);
  addAboutRoutes(api, services);
  addSettingsRoutes(api, services);
  addSampleRoutes(api, services);
  addExpressionRoutes(api, services);
  addApplyRoutes(api, services);
  addAuditRoutes(api, services);
  addMailRoutes(api, services);
  addPlanRoutes(api, services);
  addFindingRoutes(api, services);
  addPeopleRoutes(api, services);
  addMeRoutes(api, services);
  addSsoRoutes(api, services);
  addSecretRoutes(api, services);
  addExpiryRoutes(api, services);
  addConsoleSignInRoutes(api, services);
  api.notFound((context) => {
    const error = new LockstepError('notFound', `there is nothing at ${context.req.path}`, {
      hint: 'See /api/v1/openapi.json for what there is.',
    });
    return toResponse(error);
  });
  api.onError((error, context) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') services.report(`${context.req.method} ${context.req.path} failed`, error);
    return toResponse(refusal);
  });
  return async (request, address) => api.fetch(request, { address } satisfies Asker);
}

/** A body that is not there is no JSON, whatever the header says; routes with an optional body then get none. */
function withoutEmptyJson(request: Request): Request {
  const { url, method, signal } = request;
  const isEmpty = Number(request.headers.get('content-length') ?? 0) === 0 && !request.headers.has('transfer-encoding');
  if (SAFE.has(method) || !isEmpty || !request.headers.has('content-type')) return request;
  const headers = new Headers(request.headers);
  headers.delete('content-type');
  return new Request(url, { method, headers, signal });
}

function describe(api: AdminApi): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  const description = {
    openapi: '3.1.0',
    info: {
      title: 'Lockstep admin API',
      version: '1',
      description:
        'Everything the console and the command line do. Authorization: Bearer KEY. Lists answer {items, next}; whatever goes wrong answers {error: {code, message, hint?, issues?}}.',
    },
    security: [{ key: [] }],
  };
  api.get('/openapi.json', (context) => context.json(api.getOpenAPI31Document(description)));
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who asks has to be known, and allowed what is asked (the permission table in `people/role.ts`). */
function requirePrincipal(services: Services): MiddlewareHandler {
  return async (context, next) => {
    const { path, method } = context.req;
    if (path === '/api/v1/openapi.json') return next();
    const authorization = context.req.header('authorization');
    const asked = { authorization, cookie: context.req.header('cookie') };
    const principal = await findPrincipal(asked, { ...services.peopleParts, apiKey: services.apiKey });
    if (principal === undefined) return toResponse(unknownAsker(authorization));
    if (principal.kind === 'person' && !SAFE.has(method)) checkOwnPage(services, context.req);
    const needed = permissionOf(method, path.slice('/api/v1'.length));
    if (!principal.permissions.includes(needed)) {
      const hint = 'An owner can give another role, or make a key with this scope.';
      return toResponse(new LockstepError('forbidden', `this needs the permission ${needed}`, { hint }));
    }
    context.set('principal', principal);
    return next();
  };
}

function unknownAsker(authorization: string | undefined): LockstepError {
  const message =
    authorization === undefined ? 'an API key is needed: Authorization: Bearer KEY' : 'the API key is wrong';
  return new LockstepError('unauthorized', message, { hint: 'The key is in the file api-key of the data folder.' });
}

/** A cookie comes along with whatever a browser sends, so a change has to be made by a page of our own (CSRF). */
function checkOwnPage(services: Services, request: HonoRequest): void {
  const header = (name: string): string | undefined => request.header(name);
  if (!isSameOrigin({ header, origins: ownOrigins(services.publicUrl(), request.header('host')) })) {
    throw new LockstepError('forbidden', 'a change with a cookie has to come from a page of this server');
  }
  if (!isJsonType(request.header('content-type'))) {
    throw new LockstepError('badRequest', 'a change with a cookie needs the content type application/json');
  }
}

/** The body's length has to be told, so that one that is too long is refused before it is read. */
function limitBody(): MiddlewareHandler {
  return async (context, next) => {
    const bytesMax = WITH_FILES.has(context.req.path) ? FILE_BYTES_MAX : BODY_BYTES_MAX;
    if (context.req.header('transfer-encoding') !== undefined) {
      throw new LockstepError('badRequest', 'send the length of the body (Content-Length)');
    }
    if (Number(context.req.header('content-length') ?? 0) > bytesMax) {
      throw new LockstepError('tooLarge', `the body is larger than the ${bytesMax} bytes allowed`);
    }
    return next();
  };
}

function refusalOf(error: unknown): LockstepError {
  if (!(error instanceof HTTPException)) return asLockstepError(error);
  // The framework's own refusals are about bodies that are no JSON.
  return new LockstepError('badRequest', error.message === '' ? 'the request cannot be read' : error.message, {
    cause: error,
  });
}

function toResponse(error: LockstepError): Response {
  const { status, body } = problemAnswer(error);
  const headers = error.code === 'unauthorized' ? { 'www-authenticate': 'Bearer realm="lockstep"' } : {};
  return Response.json(body, { status, headers });
}

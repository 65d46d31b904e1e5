import type { AppProfile } from '@lockstep/gallery';
import { ScimError } from '@lockstep/scim';

/** What a path asks of a tenant. */
export interface Route {
  readonly profile: AppProfile;
  /** The tenant the path names; absent where the token names it. */
  readonly tenantId: string | undefined;
  /** Base address of the tenant without origin and without a slash at the end, as `meta.location` shows it. */
  readonly basePath: string;
  /** Decoded segments behind the base: `['Users', '2819c223']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const NO_QUERY = new URLSearchParams();

/**
 * Finds profile, tenant and resource of a request target. Doubled slashes and a slash at the end change nothing.
 * Access is decided on the decoded segments that come out here, never on the raw text.
 *
 * @param profiles with the most specific base path first (`orderProfiles`)
 * @returns `undefined` when no profile lives at the path
 * @throws {ScimError} `badRequest` for percent-encoding that is broken
 */
export function findRoute(target: string, profiles: readonly AppProfile[]): Route | undefined {
  const mark = target.indexOf('?');
  const path = tidyPath(mark < 0 ? target : target.slice(0, mark));
  const profile = profiles.find((one) => path.startsWith(one.basePath));
  if (profile === undefined) return undefined;
  const segments = path
    .slice(profile.basePath.length)
    .split('/')
    .filter((text) => text !== '')
    .map(decodeSegment);
  if (segments.includes('..') || segments.includes('.')) return undefined;
  const query = mark < 0 ? NO_QUERY : new URLSearchParams(target.slice(mark + 1));
  if (!profile.tenantInPath) {
    return { profile, tenantId: undefined, basePath: profile.basePath.slice(0, -1), segments, query };
  }
  const [tenantId, ...rest] = segments;
  if (tenantId === undefined) return undefined;
  return { profile, tenantId, basePath: `${profile.basePath}${encodeURIComponent(tenantId)}`, segments: rest, query };
}

/** Profiles in the order `findRoute` needs. */
export function orderProfiles(profiles: readonly AppProfile[]): readonly AppProfile[] {
  return profiles.toSorted((a, b) => b.basePath.length - a.basePath.length);
}

function tidyPath(path: string): string {
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  return single.endsWith('/') ? single : `${single}/`;
}

function decodeSegment(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new ScimError('badRequest', 'the path holds percent-encoding that is broken', { cause: error });
  }
}

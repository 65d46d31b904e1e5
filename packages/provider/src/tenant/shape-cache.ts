import type { AppProfile } from '@lockstep/gallery';
import type { Tenant, TenantSettings } from '../ports/tenant-store.ts';
import { shapeOf, type TenantShape } from './tenant-shape.ts';

/** Shapes kept at a time; one more makes the oldest go. */
const SHAPES_MAX = 1_000;

/** Shapes of tenants: that of the profile, or one of its own for a tenant that declares schemas. */
export interface ShapeCache {
  /** `undefined` for a profile that is not served. */
  shapeFor(tenant: Pick<Tenant, 'profile' | 'settings'>): TenantShape | undefined;
  /** Keys of the profiles that are served. */
  readonly profiles: readonly string[];
}

/**
 * Keeps what is worked out from a tenant's settings for as long as they stay the same: a look-up by the settings object
 * on the way of each request, and by their text when the tenant was read anew.
 */
export function createShapeCache(profiles: readonly AppProfile[]): ShapeCache {
  const ofProfiles = new Map(profiles.map((profile) => [profile.id, shapeOf(profile)]));
  const bySettings: WeakMap<TenantSettings, TenantShape> = new WeakMap();
  const byText = new Map<string, TenantShape>();

  const compile = (profileShape: TenantShape, settings: TenantSettings): TenantShape => {
    const { extensions, resourceTypes } = settings;
    const text = JSON.stringify([profileShape.profile.id, extensions, resourceTypes]);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const shape = shapeOf(profileShape.profile, settings);
    const [oldest] = byText.keys();
    if (byText.size >= SHAPES_MAX && oldest !== undefined) byText.delete(oldest);
    byText.set(text, shape);
    return shape;
  };

  return {
    profiles: [...ofProfiles.keys()],
    shapeFor: ({ profile, settings }) => {
      const ofProfile = ofProfiles.get(profile);
      if (ofProfile === undefined || !declaresAny(settings)) return ofProfile;
      const known = bySettings.get(settings);
      if (known !== undefined && known.profile === ofProfile.profile) return known;
      const shape = compile(ofProfile, settings);
      bySettings.set(settings, shape);
      return shape;
    },
  };
}

function declaresAny({ extensions = [], resourceTypes = [] }: TenantSettings): boolean {
  return extensions.length > 0 || resourceTypes.length > 0;
}

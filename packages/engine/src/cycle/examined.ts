import type { JsonObject } from '@lockstep/scim';
import type { Exchange } from '@lockstep/scim/client';
import type { LogStep } from '../log/log-record.ts';
import type { MappedResource } from '../mapping/map-object.ts';
import type { MatchLookup } from '../match/match-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';
import type { Link, ObjectType } from '../ports/engine-store.ts';
import type { ScopeVerdict } from '../scope/judge-scope.ts';
import type { Failure } from './failure.ts';

/** An object of the directory on its way through a cycle. */
export type SourceObjectOf =
  | { readonly objectType: 'user'; readonly user: DirectoryUser }
  | { readonly objectType: 'group'; readonly group: DirectoryGroup };

/** Everything a cycle found out about one object before anything is sent that writes. */
export interface Examined {
  readonly objectType: ObjectType;
  readonly id: string;
  readonly displayName: string;
  readonly source: SourceObjectOf;
  readonly verdict: ScopeVerdict;
  readonly mapped: MappedResource | undefined;
  readonly link: Link | undefined;
  /** The link is not stored yet: the account was found whose creation was never answered. */
  readonly isFoundAgain?: boolean;
  /** Whoever has the account that matches is on the same page: this object is examined again behind it. */
  readonly comesAfter?: boolean;
  /** An account of the app that matched and is not linked yet. */
  readonly matched: { readonly id: string; readonly resource: JsonObject } | undefined;
  /** The look-ups that find the account again when an answer is lost or a create meets a conflict. */
  readonly lookups: readonly MatchLookup[];
  readonly steps: readonly LogStep[];
  readonly finding: Finding;
  /** Questions to the app that failed. */
  readonly wire?: readonly Exchange[];
}

/** What comes of it. */
export type Finding =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Left out by an expression or for want of a matching value. */
  | { readonly kind: 'skip'; readonly code: string; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

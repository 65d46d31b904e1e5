import type { JsonObject } from '@lockstep/scim';
import type { Outcome } from './value.ts';

/** A complete source object: attribute name to value. Expressions never see a part of it only. */
export type SourceObject = JsonObject;

/**
 * How the points are settled that Microsoft leaves open or contradicts itself about. `entra`: as the reference for app
 * provisioning reads. `extended`: Coalesce passes over empty texts, and NormalizeDiacritics takes every mark off.
 */
export type ExpressionMode = 'entra' | 'extended';

/** Everything an expression may know besides the source object. Time and chance come in from outside. */
export interface EvaluationContext {
  /** Current time, in milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
  /** A number from 0 up to, not including, 1; of cryptographic quality, since RandomString makes passwords. */
  readonly random: () => number;
  /** A new GUID, lower case with hyphens. */
  readonly randomGuid: () => string;
  /** The default verified domain; without one DefaultDomain fails. */
  readonly defaultDomain?: string;
  /** Whether another account of the target has the value. Without it SelectUniqueValue answers with all its candidates. */
  readonly isTaken?: (value: string) => boolean;
  /** Default `entra`. */
  readonly mode?: ExpressionMode;
  /** Called when Redact is evaluated. */
  readonly onRedact?: () => void;
}

/** One compiled part of an expression. */
export type Step = (source: SourceObject, context: EvaluationContext) => Outcome;

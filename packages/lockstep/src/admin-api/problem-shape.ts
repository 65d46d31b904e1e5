import { z } from 'zod';
import { type Issue, type LockstepErrorCode, lockstepErrors } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';

/** Body of every answer that is no success. */
export interface Problem {
  readonly error: {
    readonly code: LockstepErrorCode;
    /** One sentence for a person. */
    readonly message: string;
    /** What to do about it. */
    readonly hint?: string;
    /** Every fault with its place, when there are several. */
    readonly issues?: readonly Issue[];
  };
}

/** The codes as the API's description lists them. */
const codes = Object.keys(lockstepErrors) as [LockstepErrorCode, ...LockstepErrorCode[]]; // the keys of the record

/** The form of a problem, for the API's description and for clients. */
export const problemSchema: z.ZodType<Problem> = z.object({
  error: z.object({
    code: z.enum(codes),
    message: z.string(),
    hint: optionalKey(z.string()),
    issues: optionalKey(z.array(z.object({ place: z.string(), message: z.string() }))),
  }),
});

import type { RequestLogMode } from '@lockstep/provider/ports';
import { type DeviationFacts, deviationFacts, isDeviation } from '@lockstep/scim';
import type { StoredRequest } from '@lockstep/store';
import { z } from 'zod';
import { recogniseClient } from '../request-log/recognise-client.ts';
import { timeText } from './shapes.ts';

/** A request of a SCIM client that is kept. Values of people are masked in it. */
export interface RequestShape {
  readonly number: number;
  readonly at: string;
  readonly durationMs: number;
  readonly method: string;
  /** Below the tenant URL, decoded. */
  readonly path: string;
  readonly status: number;
  readonly scimType: string | null;
  /** What the client was told, or what failed within a bulk request. */
  readonly detail: string | null;
  readonly tokenId: string | null;
  readonly tokenLabel: string | null;
  readonly userAgent: string | null;
  /** The product the user agent names, if it is a known one. */
  readonly client: string | null;
  readonly address: string;
  /** Names of deviations, in the order they were met. */
  readonly deviations: readonly string[];
}

/** One request with the form of its body, and each deviation told. */
export interface RequestDetailShape extends RequestShape {
  /** The body as JSON with its values masked; cut when it is long. */
  readonly form: string | null;
  readonly told: readonly DeviationShape[];
}

/** What a deviation is and what can be done about it. */
export interface DeviationShape {
  /** Stable name. */
  readonly code: string;
  readonly name: string;
  /** What the client did. */
  readonly sentence: string;
  /** How it was read here. */
  readonly reason: string;
  readonly rfc: string;
  /** What whoever runs the client can do. */
  readonly remedy: string;
}

/** Deviations of the last days, and how the log stands. */
export interface RequestSummaryShape {
  /** As many days back, today among them. */
  readonly days: number;
  readonly deviations: readonly (DeviationShape & { readonly count: number })[];
  /** What is kept of this provider: its own setting, or the server's. */
  readonly mode: RequestLogMode;
  readonly serverMode: RequestLogMode;
  readonly retentionDays: number;
  /** Requests that may be kept at most. */
  readonly keep: number;
  readonly kept: number;
  /** Requests that were counted and not kept: there had been enough of their kind, or there was no room. */
  readonly dropped: number;
}

const requestFields = {
  number: z.number(),
  at: z.string(),
  durationMs: z.number(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  scimType: z.string().nullable(),
  detail: z.string().nullable(),
  tokenId: z.string().nullable(),
  tokenLabel: z.string().nullable(),
  userAgent: z.string().nullable(),
  client: z.string().nullable(),
  address: z.string(),
  deviations: z.array(z.string()),
};
const deviationFields = {
  code: z.string(),
  name: z.string(),
  sentence: z.string(),
  reason: z.string(),
  rfc: z.string(),
  remedy: z.string(),
};

/** The form of a request in a list. */
export const requestSchema: z.ZodType<RequestShape> = z.object(requestFields);

/** The form of one request. */
export const requestDetailSchema: z.ZodType<RequestDetailShape> = z.object({
  ...requestFields,
  form: z.string().nullable(),
  told: z.array(z.object(deviationFields)),
});

const mode = z.enum(['off', 'problems', 'all']);

/** The form of the summary. */
export const requestSummarySchema: z.ZodType<RequestSummaryShape> = z.object({
  days: z.number(),
  deviations: z.array(z.object({ ...deviationFields, count: z.number() })),
  mode,
  serverMode: mode,
  retentionDays: z.number(),
  keep: z.number(),
  kept: z.number(),
  dropped: z.number(),
});

/** A request as a list shows it. */
export function showRequest({ form: _form, atMs, ...rest }: StoredRequest): RequestShape {
  return { ...rest, at: timeText(atMs), client: recogniseClient(rest.userAgent) };
}

/** What a deviation is; the name of one that a newer version wrote is told as it is. */
export function showDeviation(code: string): DeviationShape {
  const facts: Omit<DeviationFacts, 'example'> = isDeviation(code)
    ? deviationFacts[code]
    : { name: code, deed: `used the rule ${code}`, reason: '', rfc: '', remedy: '' };
  const { name, deed, reason, rfc, remedy } = facts;
  return { code, name, sentence: `this client ${deed}`, reason, rfc, remedy };
}

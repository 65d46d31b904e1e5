import { createWire, type JobDefinition, toWire } from '@lockstep/engine';
import type { Clock, Random, WireExchange } from '@lockstep/engine/ports';
import { ScimError } from '@lockstep/scim';
import {
  type AdaptivePace,
  createAdaptivePace,
  createScimClient,
  type Exchange,
  type Fetch,
  type LearntTarget,
  type RetryPolicy,
  type ScimClient,
  TargetError,
  type TargetFeatures,
} from '@lockstep/scim/client';
import { LockstepError } from '../lockstep-error.ts';
import { findTemplate } from './find-template.ts';

/** What a client of an app needs from outside. */
export interface ClientPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** What Test Connection found. */
export type ConnectionResult = ConnectionVerdict & {
  /** The requests and answers it came from, without secrets, bodies of 16,384 characters at most. */
  readonly exchanges: readonly WireExchange[];
};

type ConnectionVerdict =
  | {
      readonly isOk: true;
      /** What the app tells of itself in its ServiceProviderConfig, and what is known better. */
      readonly features: TargetFeatures;
    }
  | {
      readonly isOk: false;
      /** Kind of failure, such as `credentials`. */
      readonly category: string;
      readonly status?: number;
      readonly message: string;
      /** What the app's guide says about failing tests. */
      readonly hint: string;
    };

/** What was found out about the target of a job, as long as the job is as it is. */
const learntTargets: WeakMap<JobDefinition, LearntTarget> = new WeakMap();

function learntBy(definition: JobDefinition): LearntTarget {
  const known = learntTargets.get(definition) ?? {};
  learntTargets.set(definition, known);
  return known;
}

/**
 * Makes the client of an app: its address, token, wire shapes and pace.
 *
 * @throws {LockstepError} `invalidValue` when the address cannot be read
 */
export function openClient(
  definition: JobDefinition,
  token: string,
  ports: ClientPorts & {
    readonly retry?: Partial<RetryPolicy>;
    /** Shared by all clients of one app; absent = one of its own. */
    readonly pace?: AdaptivePace | undefined;
    readonly onExchange?: (exchange: Exchange) => void;
    readonly beforeWrite?: (() => Promise<void>) | undefined;
  },
): ScimClient {
  const { rate, tenantUrl, dialect, updateMethod = 'auto', features } = definition;
  const { fetch, clock, random, retry, onExchange, beforeWrite } = ports;
  const limit = rate === undefined ? {} : { rateMax: rate.requestsPerSecond };
  const adaptivePace = ports.pace ?? createAdaptivePace({ clock, ...limit });
  try {
    return createScimClient({
      baseUrl: tenantUrl,
      token,
      fetch,
      clock,
      random: () => random.fraction(),
      wire: createWire(dialect),
      adaptivePace,
      updateMethod,
      learnt: learntBy(definition),
      ...(features === undefined ? {} : { features }),
      ...(retry === undefined ? {} : { retry }),
      ...(onExchange === undefined ? {} : { onExchange }),
      ...(beforeWrite === undefined ? {} : { beforeWrite }),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new LockstepError('invalidValue', `tenantUrl: ${why}`, { cause: error });
  }
}

/**
 * Looks up a user that cannot exist, by the first matching attribute, and asks what the app can do. Whoever tests waits for
 * the answer, so nothing is tried twice.
 *
 * @param readToken gives the app's token, or throws why there is none
 */
export async function testConnection(
  definition: JobDefinition,
  readToken: () => Promise<string>,
  ports: ClientPorts,
): Promise<ConnectionResult> {
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange): void => {
    exchanges.push(exchange);
  };
  const verdict = await judgeConnection(definition, readToken, { ...ports, onExchange });
  return { ...verdict, exchanges: toWire(exchanges, []) };
}

async function judgeConnection(
  definition: JobDefinition,
  readToken: () => Promise<string>,
  ports: ClientPorts & { readonly onExchange: (exchange: Exchange) => void },
): Promise<ConnectionVerdict> {
  const hint = findTemplate(definition.template)?.connection.testFailureHint ?? '';
  try {
    const client = openClient(definition, await readToken(), { ...ports, retry: { attemptsMax: 1 } });
    const result = await client.testConnection(matchingAttribute(definition), ports.random.guid());
    if (result.kind !== 'ok') return toFailure(result.error, hint);
    return { isOk: true, features: await client.features() };
  } catch (error) {
    if (error instanceof TargetError) return toFailure(error, hint);
    const isRefusal = error instanceof LockstepError || error instanceof ScimError;
    if (isRefusal) return { isOk: false, category: error.code, message: error.message, hint };
    throw error;
  }
}

function matchingAttribute({ users }: JobDefinition): string {
  const matching = users.mappings
    .filter((row) => row.matchingPrecedence !== undefined)
    .toSorted((a, b) => (a.matchingPrecedence ?? 0) - (b.matchingPrecedence ?? 0));
  return matching[0]?.target ?? 'userName';
}

function toFailure(error: TargetError, hint: string): ConnectionVerdict {
  const { category, status, message } = error;
  return { isOk: false, category, message, hint, ...(status === undefined ? {} : { status }) };
}

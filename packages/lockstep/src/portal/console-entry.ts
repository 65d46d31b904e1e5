import { asLockstepError } from '../admin-api/problem.ts';
import { CONSOLE_COOKIE, readCookie, setCookie } from '../people/cookie.ts';
import type { Entered, Visitor } from '../people/people-service.ts';
import { redirectAnswer } from './page.ts';
import type { Visit } from './visit.ts';

/** Sends somebody on who has just signed in. */
export function enterConsole({ token }: Entered, location: string): Response {
  return redirectAnswer(location, [setCookie(CONSOLE_COOKIE, token)]);
}

/** Who comes, for the session. */
export function visitorOf(visit: Visit): Visitor {
  return { address: visit.address, agent: visit.agent, before: readCookie(visit.cookie, CONSOLE_COOKIE) };
}

/** The words of a refusal that belongs on the page; anything else goes on. */
export function messageOf(error: unknown, ...codes: readonly string[]): string {
  const refusal = asLockstepError(error);
  if (codes.includes(refusal.code)) return refusal.message;
  throw error;
}

import type { LinkShape } from 'lockstep/admin-api/answers';

/** What a link is called: the name in the directory, else that of the account, else the id in the app. Never empty. */
export function linkName({ displayName, account, targetId }: LinkShape): string {
  return [displayName, account].find((name) => name !== null && name !== '') ?? targetId;
}

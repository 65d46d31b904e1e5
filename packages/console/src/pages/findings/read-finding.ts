import type { FindingShape } from 'lockstep/admin-api/answers';

/** An account of the app and who in the directory it fits. */
export interface AccountFinding {
  readonly id: string;
  readonly class: string;
  readonly account: string;
  readonly people: readonly { readonly id: string; readonly displayName: string }[];
  readonly matchedBy: string | undefined;
  readonly isLinked: boolean;
}

/** One difference between the app and what it should be. */
export interface DriftFinding {
  readonly id: string;
  readonly class: string;
  readonly objectType: 'user' | 'group';
  readonly sourceId: string | undefined;
  readonly displayName: string;
  readonly changes: readonly string[];
  readonly members: number;
}

/** The account of a finding as a list shows it: by its user name, else another name, else its id. */
export function accountFinding({ id, class: kind, body }: FindingShape): AccountFinding {
  const account = recordIn(body, 'account');
  const people = listIn(body, 'people').filter(isRecord);
  return {
    id,
    class: kind,
    account: textIn(account, 'userName') ?? textIn(account, 'displayName') ?? id,
    people: people.map((person) => ({
      id: textIn(person, 'id') ?? '',
      displayName: textIn(person, 'displayName') ?? '',
    })),
    matchedBy: textIn(body, 'matchedBy'),
    isLinked: body['isLinked'] === true,
  };
}

/** A difference as a list shows it. */
export function driftFinding({ id, class: kind, body }: FindingShape): DriftFinding {
  const changes = listIn(body, 'changes').filter(isRecord);
  return {
    id,
    class: kind,
    objectType: body['objectType'] === 'group' ? 'group' : 'user',
    sourceId: textIn(body, 'sourceId'),
    displayName: textIn(body, 'displayName') ?? id,
    changes: changes.map(
      (one) => `${textIn(one, 'attribute') ?? ''}: ${shown(one['oldValue'])} → ${shown(one['newValue'])}`,
    ),
    members: listIn(body, 'memberIds').length,
  };
}

type Body = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordIn(body: Body, name: string): Body {
  const value = body[name];
  return isRecord(value) ? value : {};
}

function listIn(body: Body, name: string): readonly unknown[] {
  const value = body[name];
  return Array.isArray(value) ? value : [];
}

function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

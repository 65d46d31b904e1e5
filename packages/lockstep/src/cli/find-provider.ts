import { LockstepError } from '../lockstep-error.ts';
import type { Connection } from './server-command.ts';

/** The id of a tenant that is named by id or title. @throws {LockstepError} `conflict` for a title that several have */
export async function findProvider({ client, answers }: Connection, name: string): Promise<string> {
  const { items } = await client.call(
    { method: 'GET', path: ['providers'], query: { search: name, limit: 1_000 } },
    answers.providers,
  );
  const found = items.filter((one) => one.id === name || one.title.toLowerCase() === name.toLowerCase());
  const [first, second] = found;
  // The server says that there is none.
  if (first === undefined) return name;
  if (second === undefined) return first.id;
  const hint = `Name the one you mean by id: ${found.map((one) => one.id).join(', ')}.`;
  throw new LockstepError('conflict', `${found.length} tenants are called ${JSON.stringify(name)}`, { hint });
}

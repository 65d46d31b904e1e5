import { DatabaseSync } from 'node:sqlite';

/** Users by id with an index on the name, in memory. */
export function memoryUsers() {
  const byId = new Map();
  const byName = new Map();
  return {
    get: (id) => byId.get(id),
    named: (name) => byName.get(name),
    put: (user) => {
      const before = byId.get(user.id);
      if (before !== undefined) byName.delete(before.userName.toLowerCase());
      byId.set(user.id, user);
      byName.set(user.userName.toLowerCase(), user);
    },
    all: () => [...byId.values()],
    fill: (users, put) => users.forEach(put),
  };
}

/** The same over a SQLite file with full durability, the name indexed. */
export function sqliteUsers(file) {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536');
  database.exec('create table user (id text primary key, name text not null unique, body text not null) without rowid');
  const byId = database.prepare('select body from user where id = ?');
  const byName = database.prepare('select body from user where name = ?');
  const upsert = database.prepare(
    'insert into user (id, name, body) values (?, ?, ?) on conflict (id) do update set name = excluded.name, body = excluded.body',
  );
  const every = database.prepare('select body from user');
  const read = (row) => (row === undefined ? undefined : JSON.parse(row.body));
  return {
    get: (id) => read(byId.get(id)),
    named: (name) => read(byName.get(name)),
    put: (user) => void upsert.run(user.id, user.userName.toLowerCase(), JSON.stringify(user)),
    all: () => every.all().map((row) => JSON.parse(row.body)),
    fill: (users, put) => {
      database.exec('begin');
      users.forEach(put);
      database.exec('commit');
    },
  };
}

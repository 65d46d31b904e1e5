import { type Operation, row, rows } from './operation.ts';

/** A setting of the installation by name. */
export function* readSetting(name: string): Operation<string | undefined> {
  return (yield* row<{ readonly value: string }>('select value from setting where name = ?', name))?.value;
}

/** Sets it, whatever it was. */
export function* saveSetting(name: string, value: string): Operation<void> {
  yield* rows(
    'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    name,
    value,
  );
}

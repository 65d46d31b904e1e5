create table first_owner (
  one integer not null check (one = 1),
  person_id text not null references person (id) on delete cascade,
  made_ms integer not null,
  primary key (one)
) strict, without rowid;
insert into first_owner (one, person_id, made_ms)
  select 1, id, created_ms from person where role = 'owner' order by created_ms, id limit 1;

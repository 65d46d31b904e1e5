create table first_owner (
  one bigint not null check (one = 1),
  person_id text collate "C" not null references person (id) on delete cascade,
  made_ms bigint not null,
  primary key (one)
);
insert into first_owner (one, person_id, made_ms)
  select 1, id, created_ms from person where role = 'owner' order by created_ms, id limit 1;

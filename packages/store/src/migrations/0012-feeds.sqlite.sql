create table directory_feed (
  id text not null primary key,
  runs integer not null,
  done_ms integer
) strict, without rowid;

create table directory_feed_run (
  feed_id text not null references directory_feed (id) on delete cascade,
  number integer not null,
  started_ms integer not null,
  ended_ms integer,
  state text not null,
  actor text not null,
  file text,
  settings text not null,
  counts text,
  refusal text,
  primary key (feed_id, number)
) strict, without rowid;

create table directory_feed (
  id text collate "C" not null primary key,
  runs bigint not null,
  done_ms bigint
);

create table directory_feed_run (
  feed_id text collate "C" not null references directory_feed (id) on delete cascade,
  number bigint not null,
  started_ms bigint not null,
  ended_ms bigint,
  state text collate "C" not null,
  actor text collate "C" not null,
  file text collate "C",
  settings text collate "C" not null,
  counts text collate "C",
  refusal text collate "C",
  primary key (feed_id, number)
);

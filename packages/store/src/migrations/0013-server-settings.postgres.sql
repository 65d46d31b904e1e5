create table server_setting (
  name text collate "C" not null,
  value text collate "C" not null,
  secret text collate "C",
  changed_ms bigint not null,
  changed_by text collate "C" not null,
  primary key (name)
);

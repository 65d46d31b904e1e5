create table server_setting (
  name text not null,
  value text not null,
  secret text,
  changed_ms integer not null,
  changed_by text not null,
  primary key (name)
) strict, without rowid;

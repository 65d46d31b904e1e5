create table person (
  id text not null,
  name text not null,
  name_key text not null,
  role text not null,
  password text,
  created_ms integer not null,
  password_ms integer,
  primary key (id),
  unique (name_key)
) strict, without rowid;

create table api_key (
  id text not null,
  hash text not null,
  label text not null,
  role text not null,
  scopes text not null,
  created_by text not null,
  created_ms integer not null,
  expires_ms integer,
  revoked_ms integer,
  last_used_ms integer,
  primary key (id)
) strict, without rowid;

create table session (
  hash text not null,
  id text not null,
  kind text not null,
  tenant_id text,
  subject text not null,
  method text not null,
  roles text not null,
  created_ms integer not null,
  seen_ms integer not null,
  ends_ms integer not null,
  feed_entry integer not null,
  address text not null,
  agent text not null,
  primary key (hash),
  unique (id)
) strict, without rowid;
create index session_subject on session (kind, tenant_id, subject);

create table once_value (
  kind text not null,
  hash text not null,
  detail text not null,
  expires_ms integer not null,
  primary key (kind, hash)
) strict, without rowid;
create index once_value_expires on once_value (expires_ms);

create table sign_in_attempt (
  subject text not null,
  failures integer not null,
  last_ms integer not null,
  blocked_until_ms integer not null,
  primary key (subject)
) strict, without rowid;

create table sign_in_connection (
  tenant_id text not null,
  protocol text not null,
  state text not null,
  settings text not null,
  secret text,
  secret_expires_ms integer,
  revision text not null,
  tested_revision text,
  tested_ms integer,
  primary key (tenant_id)
) strict, without rowid;

create table sign_in_pin (
  tenant_id text not null,
  subject text not null,
  account_id text not null,
  linked_ms integer not null,
  linked_by text not null,
  primary key (tenant_id, subject),
  unique (tenant_id, account_id)
) strict, without rowid;

create table person (
  id text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  role text collate "C" not null,
  password text collate "C",
  created_ms bigint not null,
  password_ms bigint,
  primary key (id),
  unique (name_key)
);

create table api_key (
  id text collate "C" not null,
  hash text collate "C" not null,
  label text collate "C" not null,
  role text collate "C" not null,
  scopes text collate "C" not null,
  created_by text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint,
  revoked_ms bigint,
  last_used_ms bigint,
  primary key (id)
);

create table session (
  hash text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  tenant_id text collate "C",
  subject text collate "C" not null,
  method text collate "C" not null,
  roles text collate "C" not null,
  created_ms bigint not null,
  seen_ms bigint not null,
  ends_ms bigint not null,
  feed_entry bigint not null,
  address text collate "C" not null,
  agent text collate "C" not null,
  primary key (hash),
  unique (id)
);
create index session_subject on session (kind, tenant_id, subject);

create table once_value (
  kind text collate "C" not null,
  hash text collate "C" not null,
  detail text collate "C" not null,
  expires_ms bigint not null,
  primary key (kind, hash)
);
create index once_value_expires on once_value (expires_ms);

create table sign_in_attempt (
  subject text collate "C" not null,
  failures bigint not null,
  last_ms bigint not null,
  blocked_until_ms bigint not null,
  primary key (subject)
);

create table sign_in_connection (
  tenant_id text collate "C" not null,
  protocol text collate "C" not null,
  state text collate "C" not null,
  settings text collate "C" not null,
  secret text collate "C",
  secret_expires_ms bigint,
  revision text collate "C" not null,
  tested_revision text collate "C",
  tested_ms bigint,
  primary key (tenant_id)
);

create table sign_in_pin (
  tenant_id text collate "C" not null,
  subject text collate "C" not null,
  account_id text collate "C" not null,
  linked_ms bigint not null,
  linked_by text collate "C" not null,
  primary key (tenant_id, subject),
  unique (tenant_id, account_id)
);

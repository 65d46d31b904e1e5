alter table token add column holder text;

create table portal_admin (
  id text not null,
  tenant_id text not null references tenant (id) on delete cascade,
  name text not null,
  name_key text not null,
  password text,
  created_ms integer not null,
  password_ms integer,
  primary key (id),
  unique (tenant_id, name_key)
) strict, without rowid;

create table setup_link (
  id text not null,
  tenant_id text not null references tenant (id) on delete cascade,
  hash text not null,
  label text not null,
  created_by text not null,
  created_ms integer not null,
  expires_ms integer not null,
  opened_ms integer,
  revoked_ms integer,
  primary key (id),
  unique (hash)
) strict, without rowid;
create index setup_link_tenant on setup_link (tenant_id, created_ms);

create table local_value (
  tenant_id text not null references tenant (id) on delete cascade,
  account_id text not null,
  name text not null,
  value text not null,
  primary key (tenant_id, account_id, name)
) strict, without rowid;

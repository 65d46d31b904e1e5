alter table token add column holder text collate "C";

create table portal_admin (
  id text collate "C" not null,
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  name text collate "C" not null,
  name_key text collate "C" not null,
  password text collate "C",
  created_ms bigint not null,
  password_ms bigint,
  primary key (id),
  unique (tenant_id, name_key)
);

create table setup_link (
  id text collate "C" not null,
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  hash text collate "C" not null,
  label text collate "C" not null,
  created_by text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint not null,
  opened_ms bigint,
  revoked_ms bigint,
  primary key (id),
  unique (hash)
);
create index setup_link_tenant on setup_link (tenant_id, created_ms);

create table local_value (
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  account_id text collate "C" not null,
  name text collate "C" not null,
  value text collate "C" not null,
  primary key (tenant_id, account_id, name)
);

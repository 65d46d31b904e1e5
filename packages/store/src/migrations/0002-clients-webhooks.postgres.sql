create table oauth_client (
  id text collate "C" primary key,
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  hash text collate "C" not null,
  label text collate "C" not null,
  scopes text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint,
  last_used_ms bigint
);
create index oauth_client_tenant on oauth_client (tenant_id, created_ms);

alter table token add column client_id text collate "C" references oauth_client (id) on delete cascade;
create index token_client on token (client_id, expires_ms);

create table webhook (
  id text collate "C" primary key,
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  url text collate "C" not null,
  sealed_secret text collate "C" not null,
  created_ms bigint not null,
  position bigint not null,
  attempts bigint not null default 0,
  next_attempt_ms bigint not null default 0,
  lease_until_ms bigint not null default 0,
  last_error text collate "C"
);
create index webhook_tenant on webhook (tenant_id, created_ms);

create table webhook_dead_letter (
  webhook_id text collate "C" not null references webhook (id) on delete cascade,
  entry bigint not null,
  dead_ms bigint not null,
  attempts bigint not null,
  error text collate "C" not null,
  primary key (webhook_id, entry)
);

create table oauth_client (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  hash text not null,
  label text not null,
  scopes text not null,
  created_ms integer not null,
  expires_ms integer,
  last_used_ms integer
) strict;
create index oauth_client_tenant on oauth_client (tenant_id, created_ms);

alter table token add column client_id text references oauth_client (id) on delete cascade;
create index token_client on token (client_id, expires_ms);

create table webhook (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  url text not null,
  sealed_secret text not null,
  created_ms integer not null,
  position integer not null,
  attempts integer not null default 0,
  next_attempt_ms integer not null default 0,
  lease_until_ms integer not null default 0,
  last_error text
) strict;
create index webhook_tenant on webhook (tenant_id, created_ms);

create table webhook_dead_letter (
  webhook_id text not null references webhook (id) on delete cascade,
  entry integer not null,
  dead_ms integer not null,
  attempts integer not null,
  error text not null,
  primary key (webhook_id, entry)
) strict, without rowid;

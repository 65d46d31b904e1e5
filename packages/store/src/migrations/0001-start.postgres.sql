create table realm (
  key bigint generated always as identity primary key,
  kind text collate "C" not null check (kind in ('directory', 'tenant')),
  feed_head bigint not null default 0,
  created_ms bigint not null
);
create unique index realm_directory on realm (kind) where kind = 'directory';

create table realm_count (
  realm bigint not null references realm (key) on delete cascade,
  type text collate "C" not null,
  living bigint not null default 0,
  primary key (realm, type)
);

create table resource (
  seq bigint generated always as identity primary key,
  realm bigint not null references realm (key) on delete cascade,
  type text collate "C" not null,
  id text collate "C" not null,
  version bigint not null,
  created_ms bigint not null,
  modified_ms bigint not null,
  deleted_ms bigint,
  is_managed bigint not null,
  is_protected bigint not null default 0,
  is_active bigint not null,
  unique_name text collate "C",
  external_id text collate "C",
  unique_external_id text collate "C",
  display text collate "C",
  text text collate "C" not null
);
create unique index resource_id on resource (realm, id);
create unique index resource_unique_name on resource (realm, type, unique_name) where deleted_ms is null and unique_name is not null;
create unique index resource_unique_external_id on resource (realm, type, unique_external_id) where deleted_ms is null and unique_external_id is not null;
create index resource_external_id on resource (realm, type, external_id) where deleted_ms is null and external_id is not null;
create index resource_living on resource (realm, type, seq) where deleted_ms is null and is_protected = 0;
create index resource_deleted on resource (realm, deleted_ms) where deleted_ms is not null;

create table resource_value (
  realm bigint not null,
  type text collate "C" not null,
  path text collate "C" not null,
  value text collate "C" not null,
  seq bigint not null references resource (seq) on delete cascade,
  is_unique bigint not null,
  primary key (realm, type, path, value, seq)
);
create index resource_value_seq on resource_value (seq);

create table unique_value (
  realm bigint not null,
  type text collate "C" not null,
  path text collate "C" not null,
  value text collate "C" not null,
  seq bigint not null references resource (seq) on delete cascade,
  primary key (realm, type, path, value)
);
create index unique_value_seq on unique_value (seq);

create table membership (
  group_seq bigint not null references resource (seq) on delete cascade,
  member_seq bigint not null references resource (seq) on delete cascade,
  primary key (group_seq, member_seq)
);
create index membership_member on membership (member_seq, group_seq);

create table feed (
  realm bigint not null references realm (key) on delete cascade,
  entry bigint not null,
  at_ms bigint not null,
  kind text collate "C" not null,
  type text collate "C" not null,
  resource_id text collate "C" not null,
  other_id text collate "C",
  primary key (realm, entry)
);

create table tenant (
  id text collate "C" primary key,
  realm bigint not null unique references realm (key),
  profile text collate "C" not null,
  title text collate "C" not null,
  dialect text collate "C" not null check (dialect in ('lenient', 'strict')),
  allowed_addresses text collate "C" not null,
  settings text collate "C" not null,
  created_ms bigint not null
);

create table token (
  id text collate "C" primary key,
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  hash text collate "C" not null unique,
  label text collate "C" not null,
  scopes text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint,
  revoked_ms bigint,
  last_used_ms bigint
);
create index token_tenant on token (tenant_id, created_ms);

create table token_deviation (
  token_id text collate "C" not null references token (id) on delete cascade,
  rule text collate "C" not null,
  count bigint not null,
  primary key (token_id, rule)
);

create table app (
  seq bigint generated always as identity primary key,
  id text collate "C" not null unique,
  name text collate "C" not null,
  name_key text collate "C" not null unique,
  definition text collate "C" not null,
  sealed_secret text collate "C",
  created_ms bigint not null,
  modified_ms bigint not null
);

create table app_role (
  app_id text collate "C" not null references app (id) on delete cascade,
  id text collate "C" not null,
  value text collate "C" not null,
  definition text collate "C" not null,
  primary key (app_id, id),
  unique (app_id, value)
);

create table assignment (
  app_id text collate "C" not null references app (id) on delete cascade,
  principal_id text collate "C" not null,
  role_id text collate "C" not null,
  primary key (app_id, principal_id, role_id)
);
create index assignment_principal on assignment (principal_id, app_id);

create table job (
  id text collate "C" primary key,
  state text collate "C",
  lease_holder text collate "C",
  lease_until_ms bigint,
  fence bigint not null default 0
);

create table link (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  target_id text collate "C" not null,
  state text collate "C" not null,
  view text collate "C" not null,
  primary key (job_id, object_type, source_id)
);
create index link_target on link (job_id, object_type, target_id);

create table intent (
  job_id text collate "C" not null,
  id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  action text collate "C" not null,
  target_id text collate "C",
  at_ms bigint not null,
  primary key (job_id, id)
);

create table pending_reference (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  attribute text collate "C" not null,
  referenced_id text collate "C" not null,
  primary key (job_id, object_type, source_id, attribute, referenced_id)
);
create index pending_reference_referenced on pending_reference (job_id, referenced_id);

create table sent_member (
  job_id text collate "C" not null,
  group_id text collate "C" not null,
  user_id text collate "C" not null,
  primary key (job_id, group_id, user_id)
);

create table escrow (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  failures bigint not null,
  first_failed_ms bigint not null,
  next_attempt_ms bigint not null,
  error_code text collate "C" not null,
  message text collate "C" not null,
  primary key (job_id, object_type, source_id)
);
create index escrow_due on escrow (job_id, next_attempt_ms);

create table log_head (
  one bigint primary key check (one = 1),
  number bigint not null
);
insert into log_head (one, number) values (1, 0);

create table provisioning_log (
  number bigint primary key,
  job_id text collate "C" not null,
  cycle_id text collate "C" not null,
  source_id text collate "C" not null,
  identity text collate "C" not null,
  action text collate "C" not null,
  status text collate "C" not null,
  at_ms bigint not null,
  record text collate "C" not null
);
create index provisioning_log_job on provisioning_log (job_id, number);
create index provisioning_log_source on provisioning_log (source_id, number);

create table setting (
  name text collate "C" primary key,
  value text collate "C" not null
);

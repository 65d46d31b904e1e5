-- The schema after all migrations. Written by tools/dump-schema.ts; change it by adding a migration.

CREATE TABLE api_key (
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

CREATE TABLE app (
  seq integer primary key autoincrement,
  id text not null unique,
  name text not null,
  name_key text not null unique,
  definition text not null,
  sealed_secret text,
  created_ms integer not null,
  modified_ms integer not null
, secret_expires_ms integer) strict;

CREATE INDEX app_secret_expires on app (secret_expires_ms, id) where secret_expires_ms is not null;

CREATE TABLE app_role (
  app_id text not null references app (id) on delete cascade,
  id text not null,
  value text not null,
  definition text not null,
  primary key (app_id, id),
  unique (app_id, value)
) strict, without rowid;

CREATE TABLE assignment (
  app_id text not null references app (id) on delete cascade,
  principal_id text not null,
  role_id text not null,
  primary key (app_id, principal_id, role_id)
) strict, without rowid;

CREATE INDEX assignment_principal on assignment (principal_id, app_id);

CREATE TABLE audit_head (
  one integer not null primary key check (one = 1),
  number integer not null
) strict, without rowid;

CREATE TABLE config_audit (
  number integer not null,
  at_ms integer not null,
  actor text not null,
  action text not null,
  subject text not null,
  differences text not null,
  primary key (number)
) strict, without rowid;

CREATE INDEX config_audit_action on config_audit (action, number);

CREATE INDEX config_audit_actor on config_audit (actor, number);

CREATE INDEX config_audit_at on config_audit (at_ms);

CREATE INDEX config_audit_subject on config_audit (subject, number);

CREATE TABLE cycle_history (
  job_id text not null,
  cycle_id text not null,
  ended_ms integer not null,
  summary text not null,
  primary key (job_id, cycle_id)
) strict, without rowid;

CREATE INDEX cycle_history_ended on cycle_history (job_id, ended_ms);

CREATE TABLE directory_feed (
  id text not null primary key,
  runs integer not null,
  done_ms integer
) strict, without rowid;

CREATE TABLE directory_feed_run (
  feed_id text not null references directory_feed (id) on delete cascade,
  number integer not null,
  started_ms integer not null,
  ended_ms integer,
  state text not null,
  actor text not null,
  file text,
  settings text not null,
  counts text,
  refusal text,
  primary key (feed_id, number)
) strict, without rowid;

CREATE TABLE escrow (
  job_id text not null,
  object_type text not null,
  source_id text not null,
  failures integer not null,
  first_failed_ms integer not null,
  next_attempt_ms integer not null,
  error_code text not null,
  message text not null,
  primary key (job_id, object_type, source_id)
) strict, without rowid;

CREATE INDEX escrow_due on escrow (job_id, next_attempt_ms);

CREATE TABLE feed (
  realm integer not null references realm (key) on delete cascade,
  entry integer not null,
  at_ms integer not null,
  kind text not null,
  type text not null,
  resource_id text not null,
  other_id text,
  primary key (realm, entry)
) strict, without rowid;

CREATE TABLE finding (
  job_id text not null,
  kind text not null,
  id text not null,
  scan_id text not null,
  class text not null,
  state text not null,
  found_ms integer not null,
  body text not null,
  primary key (job_id, kind, id)
) strict, without rowid;

CREATE INDEX finding_class on finding (job_id, kind, class, id);

CREATE TABLE first_owner (
  one integer not null check (one = 1),
  person_id text not null references person (id) on delete cascade,
  made_ms integer not null,
  primary key (one)
) strict, without rowid;

CREATE TABLE intent (
  job_id text not null,
  id text not null,
  object_type text not null,
  source_id text not null,
  action text not null,
  target_id text,
  at_ms integer not null,
  primary key (job_id, id)
) strict, without rowid;

CREATE TABLE job (
  id text primary key,
  state text,
  lease_holder text,
  lease_until_ms integer,
  fence integer not null default 0
, life text) strict;

CREATE TABLE link (
  job_id text not null,
  object_type text not null,
  source_id text not null,
  target_id text not null,
  state text not null,
  view text not null,
  primary key (job_id, object_type, source_id)
) strict;

CREATE INDEX link_target on link (job_id, object_type, target_id);

CREATE TABLE local_value (
  tenant_id text not null references tenant (id) on delete cascade,
  account_id text not null,
  name text not null,
  value text not null,
  primary key (tenant_id, account_id, name)
) strict, without rowid;

CREATE TABLE log_anchor (
  one integer primary key check (one = 1),
  number integer not null,
  hash text not null
) strict;

CREATE TABLE log_head (
  one integer primary key check (one = 1),
  number integer not null
, hash text not null default '') strict;

CREATE TABLE mail (
  event_key text not null,
  created_ms integer not null,
  state text not null,
  due_ms integer not null,
  attempts integer not null default 0,
  recipients text not null,
  digest text,
  content text not null,
  error text,
  primary key (event_key)
) strict, without rowid;

CREATE INDEX mail_due on mail (state, due_ms);

CREATE INDEX mail_failure on mail (created_ms) where error is not null;

CREATE TABLE membership (
  group_seq integer not null references resource (seq) on delete cascade,
  member_seq integer not null references resource (seq) on delete cascade,
  primary key (group_seq, member_seq)
) strict, without rowid;

CREATE INDEX membership_member on membership (member_seq, group_seq);

CREATE TABLE migration (number bigint primary key, name text not null);

CREATE TABLE oauth_client (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  hash text not null,
  label text not null,
  scopes text not null,
  created_ms integer not null,
  expires_ms integer,
  last_used_ms integer
) strict;

CREATE INDEX oauth_client_expires on oauth_client (expires_ms, id) where expires_ms is not null;

CREATE INDEX oauth_client_tenant on oauth_client (tenant_id, created_ms);

CREATE TABLE once_value (
  kind text not null,
  hash text not null,
  detail text not null,
  expires_ms integer not null,
  primary key (kind, hash)
) strict, without rowid;

CREATE INDEX once_value_expires on once_value (expires_ms);

CREATE TABLE pending_reference (
  job_id text not null,
  object_type text not null,
  source_id text not null,
  attribute text not null,
  referenced_id text not null,
  primary key (job_id, object_type, source_id, attribute, referenced_id)
) strict, without rowid;

CREATE INDEX pending_reference_referenced on pending_reference (job_id, referenced_id);

CREATE TABLE person (
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

CREATE TABLE plan (
  id text not null,
  job_id text not null,
  kind text not null,
  state text not null,
  created_ms integer not null,
  expires_ms integer not null,
  detail text not null,
  primary key (id)
) strict, without rowid;

CREATE INDEX plan_job on plan (job_id, created_ms);

CREATE TABLE plan_item (
  plan_id text not null references plan (id) on delete cascade,
  position integer not null,
  state text not null,
  item text not null,
  outcome text,
  primary key (plan_id, position)
) strict, without rowid;

CREATE TABLE portal_admin (
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

CREATE TABLE provisioning_log (
  number integer primary key,
  job_id text not null,
  cycle_id text not null,
  source_id text not null,
  identity text not null,
  action text not null,
  status text not null,
  at_ms integer not null,
  record text not null
, change_id text, hash text) strict;

CREATE INDEX provisioning_log_at on provisioning_log (at_ms);

CREATE INDEX provisioning_log_change on provisioning_log (change_id) where change_id is not null;

CREATE INDEX provisioning_log_cycle on provisioning_log (cycle_id, number);

CREATE INDEX provisioning_log_identity on provisioning_log (identity, number);

CREATE INDEX provisioning_log_job on provisioning_log (job_id, number);

CREATE INDEX provisioning_log_removal on provisioning_log (action, number) where action in ('delete', 'disable', 'stagedDelete');

CREATE INDEX provisioning_log_removal_job on provisioning_log (action, job_id, number) where action in ('delete', 'disable', 'stagedDelete');

CREATE INDEX provisioning_log_source on provisioning_log (source_id, number);

CREATE INDEX provisioning_log_trouble on provisioning_log (status, number) where status in ('failure', 'warning');

CREATE INDEX provisioning_log_trouble_job on provisioning_log (status, job_id, number) where status in ('failure', 'warning');

CREATE TABLE realm (
  key integer primary key autoincrement,
  kind text not null check (kind in ('directory', 'tenant')),
  feed_head integer not null default 0,
  created_ms integer not null
) strict;

CREATE UNIQUE INDEX realm_directory on realm (kind) where kind = 'directory';

CREATE TABLE realm_count (
  realm integer not null references realm (key) on delete cascade,
  type text not null,
  living integer not null default 0,
  primary key (realm, type)
) strict, without rowid;

CREATE TABLE reference_escrow (
  job_id text not null,
  object_type text not null,
  source_id text not null,
  failures integer not null,
  first_failed_ms integer not null,
  next_attempt_ms integer not null,
  error_code text not null,
  message text not null,
  primary key (job_id, object_type, source_id)
) strict, without rowid;

CREATE INDEX reference_escrow_due on reference_escrow (job_id, next_attempt_ms);

CREATE TABLE request_head (
  tenant_id text not null references tenant (id) on delete cascade,
  number integer not null,
  dropped integer not null,
  primary key (tenant_id)
) strict, without rowid;

CREATE TABLE resource (
  seq integer primary key,
  realm integer not null references realm (key) on delete cascade,
  type text not null,
  id text not null,
  version integer not null,
  created_ms integer not null,
  modified_ms integer not null,
  deleted_ms integer,
  is_managed integer not null,
  is_protected integer not null default 0,
  is_active integer not null,
  unique_name text,
  external_id text,
  unique_external_id text,
  display text,
  text text not null
) strict;

CREATE INDEX resource_deleted on resource (realm, deleted_ms) where deleted_ms is not null;

CREATE INDEX resource_external_id on resource (realm, type, external_id) where deleted_ms is null and external_id is not null;

CREATE UNIQUE INDEX resource_id on resource (realm, id);

CREATE INDEX resource_living on resource (realm, type, seq) where deleted_ms is null and is_protected = 0;

CREATE UNIQUE INDEX resource_unique_external_id on resource (realm, type, unique_external_id) where deleted_ms is null and unique_external_id is not null;

CREATE UNIQUE INDEX resource_unique_name on resource (realm, type, unique_name) where deleted_ms is null and unique_name is not null;

CREATE TABLE resource_value (
  realm integer not null,
  type text not null,
  path text not null,
  value text not null,
  seq integer not null references resource (seq) on delete cascade,
  is_unique integer not null,
  primary key (realm, type, path, value, seq)
) strict, without rowid;

CREATE INDEX resource_value_seq on resource_value (seq);

CREATE TABLE scan (
  job_id text not null,
  kind text not null,
  id text not null,
  state text not null,
  started_ms integer not null,
  ended_ms integer,
  position text,
  detail text not null,
  primary key (job_id, kind)
) strict, without rowid;

CREATE TABLE scim_request (
  tenant_id text not null references request_head (tenant_id) on delete cascade,
  number integer not null,
  at_ms integer not null,
  duration_ms integer not null,
  method text not null,
  path text not null,
  status integer not null,
  scim_type text,
  detail text,
  token_id text,
  token_label text,
  user_agent text,
  address text not null,
  deviations text,
  form text,
  primary key (tenant_id, number)
) strict, without rowid;

CREATE INDEX scim_request_at on scim_request (at_ms);

CREATE TABLE sent_member (
  job_id text not null,
  group_id text not null,
  user_id text not null,
  primary key (job_id, group_id, user_id)
) strict, without rowid;

CREATE TABLE server_setting (
  name text not null,
  value text not null,
  secret text,
  changed_ms integer not null,
  changed_by text not null,
  primary key (name)
) strict, without rowid;

CREATE TABLE session (
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

CREATE INDEX session_subject on session (kind, tenant_id, subject);

CREATE TABLE setting (
  name text primary key,
  value text not null
) strict, without rowid;

CREATE TABLE setup_link (
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

CREATE INDEX setup_link_tenant on setup_link (tenant_id, created_ms);

CREATE TABLE sign_in_attempt (
  subject text not null,
  failures integer not null,
  last_ms integer not null,
  blocked_until_ms integer not null,
  primary key (subject)
) strict, without rowid;

CREATE TABLE sign_in_connection (
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

CREATE INDEX sign_in_connection_expires on sign_in_connection (secret_expires_ms, tenant_id) where secret_expires_ms is not null;

CREATE TABLE sign_in_pin (
  tenant_id text not null,
  subject text not null,
  account_id text not null,
  linked_ms integer not null,
  linked_by text not null,
  primary key (tenant_id, subject),
  unique (tenant_id, account_id)
) strict, without rowid;

CREATE TABLE staged_removal (
  job_id text not null,
  id text not null,
  object_type text not null,
  source_id text not null,
  kind text not null,
  state text not null,
  staged_ms integer not null,
  expires_ms integer not null,
  removal text not null,
  primary key (job_id, id)
) strict, without rowid;

CREATE INDEX staged_removal_source on staged_removal (job_id, object_type, source_id);

CREATE INDEX staged_removal_state on staged_removal (job_id, state, expires_ms);

CREATE TABLE tenant (
  id text primary key,
  realm integer not null unique references realm (key),
  profile text not null,
  title text not null,
  dialect text not null check (dialect in ('lenient', 'strict')),
  allowed_addresses text not null,
  settings text not null,
  created_ms integer not null
) strict;

CREATE TABLE tenant_deviation (
  tenant_id text not null references tenant (id) on delete cascade,
  day integer not null,
  rule text not null,
  count integer not null,
  primary key (tenant_id, day, rule)
) strict, without rowid;

CREATE TABLE token (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  hash text not null unique,
  label text not null,
  scopes text not null,
  created_ms integer not null,
  expires_ms integer,
  revoked_ms integer,
  last_used_ms integer
, client_id text references oauth_client (id) on delete cascade, holder text) strict;

CREATE INDEX token_client on token (client_id, expires_ms);

CREATE INDEX token_tenant on token (tenant_id, created_ms);

CREATE TABLE token_deviation (
  token_id text not null references token (id) on delete cascade,
  rule text not null,
  count integer not null,
  primary key (token_id, rule)
) strict, without rowid;

CREATE TABLE unique_value (
  realm integer not null,
  type text not null,
  path text not null,
  value text not null,
  seq integer not null references resource (seq) on delete cascade,
  primary key (realm, type, path, value)
) strict, without rowid;

CREATE INDEX unique_value_seq on unique_value (seq);

CREATE TABLE webhook (
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
, is_on integer not null default 1) strict;

CREATE INDEX webhook_tenant on webhook (tenant_id, created_ms);

CREATE TABLE webhook_dead_letter (
  webhook_id text not null references webhook (id) on delete cascade,
  entry integer not null,
  dead_ms integer not null,
  attempts integer not null,
  error text not null,
  primary key (webhook_id, entry)
) strict, without rowid;

-- The schema after all migrations. Written by tools/dump-schema.ts; change it by adding a migration.

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
  constraint api_key_pkey PRIMARY KEY (id)
);

create table app (
  seq bigint not null generated always as identity,
  id text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  definition text collate "C" not null,
  sealed_secret text collate "C",
  created_ms bigint not null,
  modified_ms bigint not null,
  secret_expires_ms bigint,
  constraint app_id_key UNIQUE (id),
  constraint app_name_key_key UNIQUE (name_key),
  constraint app_pkey PRIMARY KEY (seq)
);

CREATE INDEX app_secret_expires ON public.app USING btree (secret_expires_ms, id) WHERE (secret_expires_ms IS NOT NULL);

create table app_role (
  app_id text collate "C" not null,
  id text collate "C" not null,
  value text collate "C" not null,
  definition text collate "C" not null,
  constraint app_role_app_id_fkey FOREIGN KEY (app_id) REFERENCES app(id) ON DELETE CASCADE,
  constraint app_role_app_id_value_key UNIQUE (app_id, value),
  constraint app_role_pkey PRIMARY KEY (app_id, id)
);

create table assignment (
  app_id text collate "C" not null,
  principal_id text collate "C" not null,
  role_id text collate "C" not null,
  constraint assignment_app_id_fkey FOREIGN KEY (app_id) REFERENCES app(id) ON DELETE CASCADE,
  constraint assignment_pkey PRIMARY KEY (app_id, principal_id, role_id)
);

CREATE INDEX assignment_principal ON public.assignment USING btree (principal_id, app_id);

create table audit_head (
  one bigint not null,
  number bigint not null,
  constraint audit_head_one_check CHECK ((one = 1)),
  constraint audit_head_pkey PRIMARY KEY (one)
);

create table config_audit (
  number bigint not null,
  at_ms bigint not null,
  actor text collate "C" not null,
  action text collate "C" not null,
  subject text collate "C" not null,
  differences text collate "C" not null,
  constraint config_audit_pkey PRIMARY KEY (number)
);

CREATE INDEX config_audit_action ON public.config_audit USING btree (action, number);

CREATE INDEX config_audit_actor ON public.config_audit USING btree (actor, number);

CREATE INDEX config_audit_at ON public.config_audit USING btree (at_ms);

CREATE INDEX config_audit_subject ON public.config_audit USING btree (subject, number);

create table cycle_history (
  job_id text collate "C" not null,
  cycle_id text collate "C" not null,
  ended_ms bigint not null,
  summary text collate "C" not null,
  constraint cycle_history_pkey PRIMARY KEY (job_id, cycle_id)
);

CREATE INDEX cycle_history_ended ON public.cycle_history USING btree (job_id, ended_ms);

create table directory_feed (
  id text collate "C" not null,
  runs bigint not null,
  done_ms bigint,
  constraint directory_feed_pkey PRIMARY KEY (id)
);

create table directory_feed_run (
  feed_id text collate "C" not null,
  number bigint not null,
  started_ms bigint not null,
  ended_ms bigint,
  state text collate "C" not null,
  actor text collate "C" not null,
  file text collate "C",
  settings text collate "C" not null,
  counts text collate "C",
  refusal text collate "C",
  constraint directory_feed_run_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES directory_feed(id) ON DELETE CASCADE,
  constraint directory_feed_run_pkey PRIMARY KEY (feed_id, number)
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
  constraint escrow_pkey PRIMARY KEY (job_id, object_type, source_id)
);

CREATE INDEX escrow_due ON public.escrow USING btree (job_id, next_attempt_ms);

create table feed (
  realm bigint not null,
  entry bigint not null,
  at_ms bigint not null,
  kind text collate "C" not null,
  type text collate "C" not null,
  resource_id text collate "C" not null,
  other_id text collate "C",
  constraint feed_pkey PRIMARY KEY (realm, entry),
  constraint feed_realm_fkey FOREIGN KEY (realm) REFERENCES realm(key) ON DELETE CASCADE
);

create table finding (
  job_id text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  scan_id text collate "C" not null,
  class text collate "C" not null,
  state text collate "C" not null,
  found_ms bigint not null,
  body text collate "C" not null,
  constraint finding_pkey PRIMARY KEY (job_id, kind, id)
);

CREATE INDEX finding_class ON public.finding USING btree (job_id, kind, class, id);

create table first_owner (
  one bigint not null,
  person_id text collate "C" not null,
  made_ms bigint not null,
  constraint first_owner_one_check CHECK ((one = 1)),
  constraint first_owner_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint first_owner_pkey PRIMARY KEY (one)
);

create table intent (
  job_id text collate "C" not null,
  id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  action text collate "C" not null,
  target_id text collate "C",
  at_ms bigint not null,
  constraint intent_pkey PRIMARY KEY (job_id, id)
);

create table job (
  id text collate "C" not null,
  state text collate "C",
  lease_holder text collate "C",
  lease_until_ms bigint,
  fence bigint not null default 0,
  life text collate "C",
  constraint job_pkey PRIMARY KEY (id)
);

create table link (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  target_id text collate "C" not null,
  state text collate "C" not null,
  view text collate "C" not null,
  constraint link_pkey PRIMARY KEY (job_id, object_type, source_id)
);

CREATE INDEX link_target ON public.link USING btree (job_id, object_type, target_id);

create table local_value (
  tenant_id text collate "C" not null,
  account_id text collate "C" not null,
  name text collate "C" not null,
  value text collate "C" not null,
  constraint local_value_pkey PRIMARY KEY (tenant_id, account_id, name),
  constraint local_value_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

create table log_anchor (
  one bigint not null,
  number bigint not null,
  hash text collate "C" not null,
  constraint log_anchor_one_check CHECK ((one = 1)),
  constraint log_anchor_pkey PRIMARY KEY (one)
);

create table log_head (
  one bigint not null,
  number bigint not null,
  hash text collate "C" not null default ''::text,
  constraint log_head_one_check CHECK ((one = 1)),
  constraint log_head_pkey PRIMARY KEY (one)
);

create table mail (
  event_key text collate "C" not null,
  created_ms bigint not null,
  state text collate "C" not null,
  due_ms bigint not null,
  attempts bigint not null default 0,
  recipients text collate "C" not null,
  digest text collate "C",
  content text collate "C" not null,
  error text collate "C",
  constraint mail_pkey PRIMARY KEY (event_key)
);

CREATE INDEX mail_due ON public.mail USING btree (state, due_ms);

CREATE INDEX mail_failure ON public.mail USING btree (created_ms) WHERE (error IS NOT NULL);

create table membership (
  group_seq bigint not null,
  member_seq bigint not null,
  constraint membership_group_seq_fkey FOREIGN KEY (group_seq) REFERENCES resource(seq) ON DELETE CASCADE,
  constraint membership_member_seq_fkey FOREIGN KEY (member_seq) REFERENCES resource(seq) ON DELETE CASCADE,
  constraint membership_pkey PRIMARY KEY (group_seq, member_seq)
);

CREATE INDEX membership_member ON public.membership USING btree (member_seq, group_seq);

create table migration (
  number bigint not null,
  name text not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table oauth_client (
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  hash text collate "C" not null,
  label text collate "C" not null,
  scopes text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint,
  last_used_ms bigint,
  constraint oauth_client_pkey PRIMARY KEY (id),
  constraint oauth_client_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

CREATE INDEX oauth_client_expires ON public.oauth_client USING btree (expires_ms, id) WHERE (expires_ms IS NOT NULL);

CREATE INDEX oauth_client_tenant ON public.oauth_client USING btree (tenant_id, created_ms);

create table once_value (
  kind text collate "C" not null,
  hash text collate "C" not null,
  detail text collate "C" not null,
  expires_ms bigint not null,
  constraint once_value_pkey PRIMARY KEY (kind, hash)
);

CREATE INDEX once_value_expires ON public.once_value USING btree (expires_ms);

create table pending_reference (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  attribute text collate "C" not null,
  referenced_id text collate "C" not null,
  constraint pending_reference_pkey PRIMARY KEY (job_id, object_type, source_id, attribute, referenced_id)
);

CREATE INDEX pending_reference_referenced ON public.pending_reference USING btree (job_id, referenced_id);

create table person (
  id text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  role text collate "C" not null,
  password text collate "C",
  created_ms bigint not null,
  password_ms bigint,
  constraint person_name_key_key UNIQUE (name_key),
  constraint person_pkey PRIMARY KEY (id)
);

create table plan (
  id text collate "C" not null,
  job_id text collate "C" not null,
  kind text collate "C" not null,
  state text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint not null,
  detail text collate "C" not null,
  constraint plan_pkey PRIMARY KEY (id)
);

CREATE INDEX plan_job ON public.plan USING btree (job_id, created_ms);

create table plan_item (
  plan_id text collate "C" not null,
  position bigint not null,
  state text collate "C" not null,
  item text collate "C" not null,
  outcome text collate "C",
  constraint plan_item_pkey PRIMARY KEY (plan_id, "position"),
  constraint plan_item_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON DELETE CASCADE
);

create table portal_admin (
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  password text collate "C",
  created_ms bigint not null,
  password_ms bigint,
  constraint portal_admin_pkey PRIMARY KEY (id),
  constraint portal_admin_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE,
  constraint portal_admin_tenant_id_name_key_key UNIQUE (tenant_id, name_key)
);

create table provisioning_log (
  number bigint not null,
  job_id text collate "C" not null,
  cycle_id text collate "C" not null,
  source_id text collate "C" not null,
  identity text collate "C" not null,
  action text collate "C" not null,
  status text collate "C" not null,
  at_ms bigint not null,
  record text collate "C" not null,
  change_id text collate "C",
  hash text collate "C",
  constraint provisioning_log_pkey PRIMARY KEY (number)
);

CREATE INDEX provisioning_log_at ON public.provisioning_log USING btree (at_ms);

CREATE INDEX provisioning_log_change ON public.provisioning_log USING btree (change_id) WHERE (change_id IS NOT NULL);

CREATE INDEX provisioning_log_cycle ON public.provisioning_log USING btree (cycle_id, number);

CREATE INDEX provisioning_log_identity ON public.provisioning_log USING btree (identity, number);

CREATE INDEX provisioning_log_job ON public.provisioning_log USING btree (job_id, number);

CREATE INDEX provisioning_log_removal ON public.provisioning_log USING btree (action, number) WHERE (action = ANY (ARRAY['delete'::text, 'disable'::text, 'stagedDelete'::text]));

CREATE INDEX provisioning_log_removal_job ON public.provisioning_log USING btree (action, job_id, number) WHERE (action = ANY (ARRAY['delete'::text, 'disable'::text, 'stagedDelete'::text]));

CREATE INDEX provisioning_log_source ON public.provisioning_log USING btree (source_id, number);

CREATE INDEX provisioning_log_trouble ON public.provisioning_log USING btree (status, number) WHERE (status = ANY (ARRAY['failure'::text, 'warning'::text]));

CREATE INDEX provisioning_log_trouble_job ON public.provisioning_log USING btree (status, job_id, number) WHERE (status = ANY (ARRAY['failure'::text, 'warning'::text]));

create table realm (
  key bigint not null generated always as identity,
  kind text collate "C" not null,
  feed_head bigint not null default 0,
  created_ms bigint not null,
  constraint realm_kind_check CHECK ((kind = ANY (ARRAY['directory'::text, 'tenant'::text]))),
  constraint realm_pkey PRIMARY KEY (key)
);

CREATE UNIQUE INDEX realm_directory ON public.realm USING btree (kind) WHERE (kind = 'directory'::text);

create table realm_count (
  realm bigint not null,
  type text collate "C" not null,
  living bigint not null default 0,
  constraint realm_count_pkey PRIMARY KEY (realm, type),
  constraint realm_count_realm_fkey FOREIGN KEY (realm) REFERENCES realm(key) ON DELETE CASCADE
);

create table reference_escrow (
  job_id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  failures bigint not null,
  first_failed_ms bigint not null,
  next_attempt_ms bigint not null,
  error_code text collate "C" not null,
  message text collate "C" not null,
  constraint reference_escrow_pkey PRIMARY KEY (job_id, object_type, source_id)
);

CREATE INDEX reference_escrow_due ON public.reference_escrow USING btree (job_id, next_attempt_ms);

create table request_head (
  tenant_id text collate "C" not null,
  number bigint not null,
  dropped bigint not null,
  constraint request_head_pkey PRIMARY KEY (tenant_id),
  constraint request_head_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

create table resource (
  seq bigint not null generated always as identity,
  realm bigint not null,
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
  text text collate "C" not null,
  constraint resource_pkey PRIMARY KEY (seq),
  constraint resource_realm_fkey FOREIGN KEY (realm) REFERENCES realm(key) ON DELETE CASCADE
);

CREATE INDEX resource_deleted ON public.resource USING btree (realm, deleted_ms) WHERE (deleted_ms IS NOT NULL);

CREATE INDEX resource_external_id ON public.resource USING btree (realm, type, external_id) WHERE ((deleted_ms IS NULL) AND (external_id IS NOT NULL));

CREATE UNIQUE INDEX resource_id ON public.resource USING btree (realm, id);

CREATE INDEX resource_living ON public.resource USING btree (realm, type, seq) WHERE ((deleted_ms IS NULL) AND (is_protected = 0));

CREATE UNIQUE INDEX resource_unique_external_id ON public.resource USING btree (realm, type, unique_external_id) WHERE ((deleted_ms IS NULL) AND (unique_external_id IS NOT NULL));

CREATE UNIQUE INDEX resource_unique_name ON public.resource USING btree (realm, type, unique_name) WHERE ((deleted_ms IS NULL) AND (unique_name IS NOT NULL));

create table resource_value (
  realm bigint not null,
  type text collate "C" not null,
  path text collate "C" not null,
  value text collate "C" not null,
  seq bigint not null,
  is_unique bigint not null,
  constraint resource_value_pkey PRIMARY KEY (realm, type, path, value, seq),
  constraint resource_value_seq_fkey FOREIGN KEY (seq) REFERENCES resource(seq) ON DELETE CASCADE
);

CREATE INDEX resource_value_seq ON public.resource_value USING btree (seq);

create table scan (
  job_id text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  state text collate "C" not null,
  started_ms bigint not null,
  ended_ms bigint,
  position text collate "C",
  detail text collate "C" not null,
  constraint scan_pkey PRIMARY KEY (job_id, kind)
);

create table scim_request (
  tenant_id text collate "C" not null,
  number bigint not null,
  at_ms bigint not null,
  duration_ms bigint not null,
  method text collate "C" not null,
  path text collate "C" not null,
  status bigint not null,
  scim_type text collate "C",
  detail text collate "C",
  token_id text collate "C",
  token_label text collate "C",
  user_agent text collate "C",
  address text collate "C" not null,
  deviations text collate "C",
  form text collate "C",
  constraint scim_request_pkey PRIMARY KEY (tenant_id, number),
  constraint scim_request_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES request_head(tenant_id) ON DELETE CASCADE
);

CREATE INDEX scim_request_at ON public.scim_request USING btree (at_ms);

create table sent_member (
  job_id text collate "C" not null,
  group_id text collate "C" not null,
  user_id text collate "C" not null,
  constraint sent_member_pkey PRIMARY KEY (job_id, group_id, user_id)
);

create table server_setting (
  name text collate "C" not null,
  value text collate "C" not null,
  secret text collate "C",
  changed_ms bigint not null,
  changed_by text collate "C" not null,
  constraint server_setting_pkey PRIMARY KEY (name)
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
  constraint session_id_key UNIQUE (id),
  constraint session_pkey PRIMARY KEY (hash)
);

CREATE INDEX session_subject ON public.session USING btree (kind, tenant_id, subject);

create table setting (
  name text collate "C" not null,
  value text collate "C" not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table setup_link (
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  hash text collate "C" not null,
  label text collate "C" not null,
  created_by text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint not null,
  opened_ms bigint,
  revoked_ms bigint,
  constraint setup_link_hash_key UNIQUE (hash),
  constraint setup_link_pkey PRIMARY KEY (id),
  constraint setup_link_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

CREATE INDEX setup_link_tenant ON public.setup_link USING btree (tenant_id, created_ms);

create table sign_in_attempt (
  subject text collate "C" not null,
  failures bigint not null,
  last_ms bigint not null,
  blocked_until_ms bigint not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (subject)
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
  constraint sign_in_connection_pkey PRIMARY KEY (tenant_id)
);

CREATE INDEX sign_in_connection_expires ON public.sign_in_connection USING btree (secret_expires_ms, tenant_id) WHERE (secret_expires_ms IS NOT NULL);

create table sign_in_pin (
  tenant_id text collate "C" not null,
  subject text collate "C" not null,
  account_id text collate "C" not null,
  linked_ms bigint not null,
  linked_by text collate "C" not null,
  constraint sign_in_pin_pkey PRIMARY KEY (tenant_id, subject),
  constraint sign_in_pin_tenant_id_account_id_key UNIQUE (tenant_id, account_id)
);

create table staged_removal (
  job_id text collate "C" not null,
  id text collate "C" not null,
  object_type text collate "C" not null,
  source_id text collate "C" not null,
  kind text collate "C" not null,
  state text collate "C" not null,
  staged_ms bigint not null,
  expires_ms bigint not null,
  removal text collate "C" not null,
  constraint staged_removal_pkey PRIMARY KEY (job_id, id)
);

CREATE INDEX staged_removal_source ON public.staged_removal USING btree (job_id, object_type, source_id);

CREATE INDEX staged_removal_state ON public.staged_removal USING btree (job_id, state, expires_ms);

create table tenant (
  id text collate "C" not null,
  realm bigint not null,
  profile text collate "C" not null,
  title text collate "C" not null,
  dialect text collate "C" not null,
  allowed_addresses text collate "C" not null,
  settings text collate "C" not null,
  created_ms bigint not null,
  constraint tenant_dialect_check CHECK ((dialect = ANY (ARRAY['lenient'::text, 'strict'::text]))),
  constraint tenant_pkey PRIMARY KEY (id),
  constraint tenant_realm_fkey FOREIGN KEY (realm) REFERENCES realm(key),
  constraint tenant_realm_key UNIQUE (realm)
);

create table tenant_deviation (
  tenant_id text collate "C" not null,
  day bigint not null,
  rule text collate "C" not null,
  count bigint not null,
  constraint tenant_deviation_pkey PRIMARY KEY (tenant_id, day, rule),
  constraint tenant_deviation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

create table token (
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  hash text collate "C" not null,
  label text collate "C" not null,
  scopes text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint,
  revoked_ms bigint,
  last_used_ms bigint,
  client_id text collate "C",
  holder text collate "C",
  constraint token_client_id_fkey FOREIGN KEY (client_id) REFERENCES oauth_client(id) ON DELETE CASCADE,
  constraint token_hash_key UNIQUE (hash),
  constraint token_pkey PRIMARY KEY (id),
  constraint token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

CREATE INDEX token_client ON public.token USING btree (client_id, expires_ms);

CREATE INDEX token_tenant ON public.token USING btree (tenant_id, created_ms);

create table token_deviation (
  token_id text collate "C" not null,
  rule text collate "C" not null,
  count bigint not null,
  constraint token_deviation_pkey PRIMARY KEY (token_id, rule),
  constraint token_deviation_token_id_fkey FOREIGN KEY (token_id) REFERENCES token(id) ON DELETE CASCADE
);

create table unique_value (
  realm bigint not null,
  type text collate "C" not null,
  path text collate "C" not null,
  value text collate "C" not null,
  seq bigint not null,
  constraint unique_value_pkey PRIMARY KEY (realm, type, path, value),
  constraint unique_value_seq_fkey FOREIGN KEY (seq) REFERENCES resource(seq) ON DELETE CASCADE
);

CREATE INDEX unique_value_seq ON public.unique_value USING btree (seq);

create table webhook (
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  url text collate "C" not null,
  sealed_secret text collate "C" not null,
  created_ms bigint not null,
  position bigint not null,
  attempts bigint not null default 0,
  next_attempt_ms bigint not null default 0,
  lease_until_ms bigint not null default 0,
  last_error text collate "C",
  is_on bigint not null default 1,
  constraint webhook_pkey PRIMARY KEY (id),
  constraint webhook_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE
);

CREATE INDEX webhook_tenant ON public.webhook USING btree (tenant_id, created_ms);

create table webhook_dead_letter (
  webhook_id text collate "C" not null,
  entry bigint not null,
  dead_ms bigint not null,
  attempts bigint not null,
  error text collate "C" not null,
  constraint webhook_dead_letter_pkey PRIMARY KEY (webhook_id, entry),
  constraint webhook_dead_letter_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE
);

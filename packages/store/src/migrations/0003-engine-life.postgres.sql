alter table job add column life text collate "C";

create table reference_escrow (
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
create index reference_escrow_due on reference_escrow (job_id, next_attempt_ms);

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
  primary key (job_id, id)
);
create index staged_removal_source on staged_removal (job_id, object_type, source_id);
create index staged_removal_state on staged_removal (job_id, state, expires_ms);

create table cycle_history (
  job_id text collate "C" not null,
  cycle_id text collate "C" not null,
  ended_ms bigint not null,
  summary text collate "C" not null,
  primary key (job_id, cycle_id)
);
create index cycle_history_ended on cycle_history (job_id, ended_ms);

alter table provisioning_log add column change_id text collate "C";
alter table provisioning_log add column hash text collate "C";
create index provisioning_log_change on provisioning_log (change_id) where change_id is not null;
create index provisioning_log_at on provisioning_log (at_ms);

alter table log_head add column hash text collate "C" not null default '';

create table log_anchor (
  one bigint primary key check (one = 1),
  number bigint not null,
  hash text collate "C" not null
);
insert into log_anchor (one, number, hash) select 1, number, '' from log_head;

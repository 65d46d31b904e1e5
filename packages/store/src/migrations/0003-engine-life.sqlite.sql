alter table job add column life text;

create table reference_escrow (
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
create index reference_escrow_due on reference_escrow (job_id, next_attempt_ms);

create table staged_removal (
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
create index staged_removal_source on staged_removal (job_id, object_type, source_id);
create index staged_removal_state on staged_removal (job_id, state, expires_ms);

create table cycle_history (
  job_id text not null,
  cycle_id text not null,
  ended_ms integer not null,
  summary text not null,
  primary key (job_id, cycle_id)
) strict, without rowid;
create index cycle_history_ended on cycle_history (job_id, ended_ms);

alter table provisioning_log add column change_id text;
alter table provisioning_log add column hash text;
create index provisioning_log_change on provisioning_log (change_id) where change_id is not null;
create index provisioning_log_at on provisioning_log (at_ms);

alter table log_head add column hash text not null default '';

create table log_anchor (
  one integer primary key check (one = 1),
  number integer not null,
  hash text not null
) strict;
insert into log_anchor (one, number, hash) select 1, number, '' from log_head;

create table config_audit (
  number integer not null,
  at_ms integer not null,
  actor text not null,
  action text not null,
  subject text not null,
  differences text not null,
  primary key (number)
) strict, without rowid;
create index config_audit_at on config_audit (at_ms);
create index config_audit_subject on config_audit (subject, number);

create table audit_head (
  one integer not null primary key check (one = 1),
  number integer not null
) strict, without rowid;
insert into audit_head (one, number) values (1, 0);

create table mail (
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
create index mail_due on mail (state, due_ms);

create table plan (
  id text not null,
  job_id text not null,
  kind text not null,
  state text not null,
  created_ms integer not null,
  expires_ms integer not null,
  detail text not null,
  primary key (id)
) strict, without rowid;
create index plan_job on plan (job_id, created_ms);

create table plan_item (
  plan_id text not null references plan (id) on delete cascade,
  position integer not null,
  state text not null,
  item text not null,
  outcome text,
  primary key (plan_id, position)
) strict, without rowid;

create table scan (
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

create table finding (
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
create index finding_class on finding (job_id, kind, class, id);

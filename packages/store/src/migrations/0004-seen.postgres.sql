create table config_audit (
  number bigint not null,
  at_ms bigint not null,
  actor text collate "C" not null,
  action text collate "C" not null,
  subject text collate "C" not null,
  differences text collate "C" not null,
  primary key (number)
);
create index config_audit_at on config_audit (at_ms);
create index config_audit_subject on config_audit (subject, number);

create table audit_head (
  one bigint not null primary key check (one = 1),
  number bigint not null
);
insert into audit_head (one, number) values (1, 0);

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
  primary key (event_key)
);
create index mail_due on mail (state, due_ms);

create table plan (
  id text collate "C" not null,
  job_id text collate "C" not null,
  kind text collate "C" not null,
  state text collate "C" not null,
  created_ms bigint not null,
  expires_ms bigint not null,
  detail text collate "C" not null,
  primary key (id)
);
create index plan_job on plan (job_id, created_ms);

create table plan_item (
  plan_id text collate "C" not null references plan (id) on delete cascade,
  position bigint not null,
  state text collate "C" not null,
  item text collate "C" not null,
  outcome text collate "C",
  primary key (plan_id, position)
);

create table scan (
  job_id text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  state text collate "C" not null,
  started_ms bigint not null,
  ended_ms bigint,
  position text collate "C",
  detail text collate "C" not null,
  primary key (job_id, kind)
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
  primary key (job_id, kind, id)
);
create index finding_class on finding (job_id, kind, class, id);

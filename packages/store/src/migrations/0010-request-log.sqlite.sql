create table request_head (
  tenant_id text not null references tenant (id) on delete cascade,
  number integer not null,
  dropped integer not null,
  primary key (tenant_id)
) strict, without rowid;

create table scim_request (
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
create index scim_request_at on scim_request (at_ms);

create table tenant_deviation (
  tenant_id text not null references tenant (id) on delete cascade,
  day integer not null,
  rule text not null,
  count integer not null,
  primary key (tenant_id, day, rule)
) strict, without rowid;

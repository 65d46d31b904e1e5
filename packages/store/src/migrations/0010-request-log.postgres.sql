create table request_head (
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  number bigint not null,
  dropped bigint not null,
  primary key (tenant_id)
);

create table scim_request (
  tenant_id text collate "C" not null references request_head (tenant_id) on delete cascade,
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
  primary key (tenant_id, number)
);
create index scim_request_at on scim_request (at_ms);

create table tenant_deviation (
  tenant_id text collate "C" not null references tenant (id) on delete cascade,
  day bigint not null,
  rule text collate "C" not null,
  count bigint not null,
  primary key (tenant_id, day, rule)
);

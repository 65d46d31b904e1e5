alter table webhook add column is_on bigint not null default 1;

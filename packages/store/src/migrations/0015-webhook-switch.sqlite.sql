alter table webhook add column is_on integer not null default 1;

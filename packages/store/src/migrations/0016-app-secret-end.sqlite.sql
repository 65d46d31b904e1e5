alter table app add column secret_expires_ms integer;
create index app_secret_expires on app (secret_expires_ms, id) where secret_expires_ms is not null;

create index oauth_client_expires on oauth_client (expires_ms, id) where expires_ms is not null;
create index sign_in_connection_expires on sign_in_connection (secret_expires_ms, tenant_id) where secret_expires_ms is not null;

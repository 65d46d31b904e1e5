create index config_audit_actor on config_audit (actor, number);
create index config_audit_action on config_audit (action, number);

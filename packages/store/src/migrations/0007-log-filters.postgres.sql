create index provisioning_log_cycle on provisioning_log (cycle_id, number);
create index provisioning_log_identity on provisioning_log (identity, number);
create index provisioning_log_trouble on provisioning_log (status, number) where status in ('failure', 'warning');
create index provisioning_log_trouble_job on provisioning_log (status, job_id, number) where status in ('failure', 'warning');
create index provisioning_log_removal on provisioning_log (action, number) where action in ('delete', 'disable', 'stagedDelete');
create index provisioning_log_removal_job on provisioning_log (action, job_id, number) where action in ('delete', 'disable', 'stagedDelete');

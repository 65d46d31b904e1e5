create index mail_failure on mail (created_ms) where error is not null;

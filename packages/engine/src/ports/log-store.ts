import type { LogRecord } from '../log/log-record.ts';

/** Reads and pruning of the provisioning log. */
export interface LogStore {
  log(query: LogQuery): Promise<readonly LogRecord[]>;
  /**
   * Takes away records from before a time, the oldest first, at most `limit`. An anchor keeps the chain of hashes whole.
   * Gives how many went.
   */
  pruneLog(beforeMs: number, limit: number): Promise<number>;
  /** Recomputes the chain of hashes. */
  verifyLog(): Promise<LogVerdict>;
}

/** Whether the log is as it was written. */
export type LogVerdict =
  | {
      readonly isIntact: true;
      /** Records whose hash was computed again. */
      readonly checked: number;
      /** Highest number that has been pruned, or was written before there was a chain; 0 = none. */
      readonly anchor: number;
      readonly last: number;
      /** Hash of the last record: whoever notes it elsewhere can tell later that nothing before it has changed. */
      readonly hash: string;
    }
  | {
      readonly isIntact: false;
      /** First record that is missing or not as it was written. */
      readonly brokenAt: number;
      readonly why: string;
      readonly checked: number;
    };

export interface LogQuery {
  readonly jobId?: string;
  readonly cycleId?: string;
  readonly changeId?: string;
  readonly sourceId?: string;
  /** Any of these people or groups. */
  readonly sourceIds?: readonly string[];
  /** Exactly this record. */
  readonly number?: number;
  /** A part of the source's or target's display name or id, without regard to case. */
  readonly identity?: string;
  readonly status?: LogRecord['status'];
  readonly action?: LogRecord['action'];
  /** Not before, and before. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only records with a higher number, oldest first; else newest first. */
  readonly after?: number;
  /** Only records with a lower number, for the next page of a list that shows the newest first. */
  readonly before?: number;
  readonly limit: number;
}

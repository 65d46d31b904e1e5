/** What part of a job's configuration is wrong. */
export type ConfigurationErrorCode = 'invalidMapping' | 'invalidFilter' | 'invalidMatching';

/** A mapping or filter that cannot work, whatever the object. `message` is for the administrator. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code: ConfigurationErrorCode;
  /** The mapping's target or the filter's title. */
  readonly subject: string;

  constructor(code: ConfigurationErrorCode, subject: string, message: string, cause?: unknown) {
    super(`${subject}: ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.subject = subject;
  }
}

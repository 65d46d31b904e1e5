/** What a command has of the world around it. */
export interface Terminal {
  /** A line of the result, on standard output. */
  out(text: string): void;
  /** A line of progress or advice, on standard error. */
  note(text: string): void;
  /** Whether standard error is a terminal that can redraw lines. */
  readonly isInteractive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly workingFolder: string;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    isInteractive: process.stderr.isTTY === true,
    environment: process.env,
    workingFolder: process.cwd(),
  };
}

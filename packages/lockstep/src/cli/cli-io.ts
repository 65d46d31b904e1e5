/** What a command may use of the process it runs in. */
export interface CliIo {
  /** Results: one JSON document or JSON lines with `--json`, else text for people. */
  writeOut(text: string): void;
  /** Progress, log lines and refusals. */
  writeError(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Whether standard error is a terminal, for bars and colours. */
  readonly isTerminal: boolean;
  /** Resolves at the first SIGINT or SIGTERM; the second ends the process at once. */
  untilSignal(): Promise<void>;
  /** Sets how the process ends; 0 until then. */
  setExitCode(code: 0 | 1 | 2): void;
}

/** The real process. */
export function processIo(): CliIo {
  endWhenNobodyReads();
  return {
    writeOut: (text) => {
      process.stdout.write(text);
    },
    writeError: (text) => {
      process.stderr.write(text);
    },
    environment: process.env,
    workingFolder: process.cwd(),
    isTerminal: process.stderr.isTTY === true,
    untilSignal,
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}

/** Whoever reads the results may leave early (`| head`): then the work is done. Lost log lines stop nothing. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.stderr.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
  });
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isFirst = true;
    const listener = (): void => {
      if (!isFirst) process.exit(1);
      isFirst = false;
      resolve();
    };
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
  });
}

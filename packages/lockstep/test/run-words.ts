import type { CliIo } from '../src/cli/cli-io.ts';
import { runCli } from '../src/cli/run-cli.ts';

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process, without a terminal and told to stop from the start. */
export async function runWords(words: readonly string[], more: Partial<CliIo> = {}): Promise<Ran> {
  let [code, out, error] = [0, '', ''];
  await runCli(words, {
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
    environment: {},
    workingFolder: '/nowhere',
    isTerminal: false,
    untilSignal: () => Promise.resolve(),
    setExitCode: (given) => {
      code = given;
    },
    ...more,
  });
  return { code, out, error };
}

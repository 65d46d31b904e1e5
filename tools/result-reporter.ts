import type { TestEvent } from 'node:test/reporters';

/** A reporter for `run-tests.ts`: one line a result, `pass` or `fail`, and nothing else. */
// biome-ignore lint/style/noDefaultExport: the test runner takes a reporter as the default export of its module
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type } of events) {
    if (type === 'test:pass') yield 'pass\n';
    if (type === 'test:fail') yield 'fail\n';
  }
}

import type { ListPage } from './read-answer.ts';
import { TargetError } from './target-error.ts';

const PAGES_MAX_DEFAULT = 10_000;

export interface PagingOptions {
  /** The most pages to read before giving up; default 10,000. */
  readonly pagesMax?: number;
}

/**
 * Walks through a list by index (RFC 7644 §3.4.2.4), moving on by what each page really holds.
 *
 * @param readPage reads the page that starts at an index, from 1
 * @throws {TargetError} `notScim` when the target sends the same page again, or the list does not end in `pagesMax`
 */
export async function* eachPage(
  readPage: (startIndex: number) => Promise<ListPage>,
  options: PagingOptions = {},
): AsyncGenerator<ListPage> {
  const pagesMax = options.pagesMax ?? PAGES_MAX_DEFAULT;
  let startIndex = 1;
  let firstIdBefore: string | undefined;
  for (let number = 0; number < pagesMax; number++) {
    const page = await readPage(startIndex);
    const firstId = page.resources[0]?.id;
    if (firstId !== undefined && firstId === firstIdBefore) {
      throw endless(`the page at startIndex ${startIndex} is the page before it: paging is not supported`);
    }
    yield page;
    firstIdBefore = firstId;
    startIndex += page.resources.length;
    if (page.resources.length === 0 || startIndex > page.totalResults) return;
  }
  throw endless(`the list did not end within ${pagesMax} pages`);
}

function endless(detail: string): TargetError {
  return new TargetError({ category: 'notScim', detail });
}

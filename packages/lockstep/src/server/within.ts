/** How long a stop waits for cycles and for requests under way. */
export const STOP_WAIT_MS = 10_000;

/** Waits for work, but no longer than that. */
export async function withinMs(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}

/** The places between two steps where a process can die (ARCHITECTURE.md, "One person's way through"). */
export const boundaries = [
  'before-intent',
  'after-intent',
  'after-send',
  'after-reply',
  'before-outcome',
  'after-outcome',
  'before-watermark',
  'after-watermark',
] as const;

export type Boundary = (typeof boundaries)[number];

export function isBoundary(text: string | undefined): text is Boundary {
  return boundaries.some((one) => one === text);
}

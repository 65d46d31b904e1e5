/** One cycle as a bar. */
export interface Bar {
  readonly id: string;
  /** Shown on hover: when, and what it did. */
  readonly title: string;
  /** Objects it wrote. */
  readonly good: number;
  /** Objects that failed. */
  readonly bad: number;
  /** The cycle itself broke off. */
  readonly isFailed: boolean;
}

/** The least a bar that did something, or nothing, is high, so that each can be seen. */
const LEAST = 2;

/**
 * Heights of the two parts of each bar. By the square root, so that an initial cycle of thousands leaves later ones visible;
 * both parts together never exceed `height`.
 */
export function barHeights(
  bars: readonly Bar[],
  height: number,
): readonly { readonly good: number; readonly bad: number }[] {
  const most = Math.max(1, ...bars.map((bar) => bar.good + bar.bad));
  return bars.map(({ good, bad }) => {
    const sum = good + bad;
    const whole = Math.max(LEAST, Math.sqrt(sum / most) * height);
    if (bad === 0) return { good: whole, bad: 0 };
    const share = Math.max(LEAST, (whole * bad) / sum);
    return { good: Math.max(0, whole - share), bad: Math.min(whole, share) };
  });
}

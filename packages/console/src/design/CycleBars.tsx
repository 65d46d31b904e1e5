import { type Bar, barHeights } from './cycle-bars.ts';

interface CycleBarsProps {
  /** Read out in place of the picture. */
  readonly label: string;
  /** Oldest first. */
  readonly bars: readonly Bar[];
}

const WIDTH = 12;
const HEIGHT = 64;

/** Cycles side by side, as high as they had work; a failed part is hatched, not only coloured. */
export function CycleBars({ label, bars }: CycleBarsProps) {
  const heights = barHeights(bars, HEIGHT);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, bars.length) * WIDTH} ${HEIGHT}`}
      className="h-16 max-w-full"
      preserveAspectRatio="xMinYMax meet"
    >
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className="fill-danger-soft" />
          <rect width="2" height="4" className="fill-danger" />
        </pattern>
      </defs>
      {bars.map((bar, place) => {
        const { good, bad } = heights[place] ?? { good: 0, bad: 0 };
        return (
          <g key={bar.id}>
            <title>{bar.title}</title>
            <rect
              x={place * WIDTH + 1}
              y={HEIGHT - good}
              width={WIDTH - 3}
              height={good}
              className={bar.isFailed ? 'fill-warning' : 'fill-accent'}
            />
            <rect x={place * WIDTH + 1} y={HEIGHT - good - bad} width={WIDTH - 3} height={bad} fill="url(#hatch)" />
          </g>
        );
      })}
    </svg>
  );
}

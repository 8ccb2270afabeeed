// What a recording looks like, as the outline of one shape: highs from left to right, lows back again.

/** Height of the drawing; the middle is silence. */
export const HEIGHT = 256;

/** An SVG path of so many columns from lows and highs that alternate, -127 to 127. */
export function wavePath(peaks: number[], columns: number): string {
  const buckets = Math.floor(peaks.length / 2);
  if (buckets === 0) return '';
  const drawn = Math.min(columns, buckets);
  const [highs, lows]: [string[], string[]] = [[], []];
  for (let column = 0; column < drawn; column += 1) {
    const from = Math.floor((column * buckets) / drawn);
    const to = Math.max(from + 1, Math.floor(((column + 1) * buckets) / drawn));
    let [low, high] = [0, 0];
    for (let bucket = from; bucket < to; bucket += 1) {
      low = Math.min(low, peaks[2 * bucket] ?? 0);
      high = Math.max(high, peaks[2 * bucket + 1] ?? 0);
    }
    // Silence is a thin line, not a gap.
    const x = ((column / drawn) * columns).toFixed(1);
    highs.push(`${x} ${(HEIGHT / 2 - Math.max(high, 1)).toFixed(0)}`);
    lows.push(`${x} ${(HEIGHT / 2 - Math.min(low, -1)).toFixed(0)}`);
  }
  return `M${highs.join('L')}L${lows.reverse().join('L')}Z`;
}

// What is marked in a list, as ranges of places: a million rows are marked by one. Ranges ascend and do not touch.

/** The first place, and the one behind the last. */
export type Range = readonly [number, number];
export type Ranges = readonly Range[];

export const countOf = (ranges: Ranges) => ranges.reduce((sum, [from, to]) => sum + to - from, 0);

export function holds(ranges: Ranges, place: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range)[1] <= place) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low];
  return found !== undefined && found[0] <= place;
}

export function withRange(ranges: Ranges, from: number, to: number): Ranges {
  const apart = ranges.filter(([a, b]) => b < from || a > to);
  const touching = ranges.filter(([a, b]) => b >= from && a <= to);
  const joined: Range = [Math.min(from, ...touching.map(([a]) => a)), Math.max(to, ...touching.map(([, b]) => b))];
  return [...apart, joined].sort((x, y) => x[0] - y[0]);
}

export function without(ranges: Ranges, place: number): Ranges {
  return ranges.flatMap(([a, b]): Range[] => {
    if (place < a || place >= b) return [[a, b]];
    return ([[a, place], [place + 1, b]] as Range[]).filter(([from, to]) => from < to);
  });
}

export const toggled = (ranges: Ranges, place: number): Ranges =>
  holds(ranges, place) ? without(ranges, place) : withRange(ranges, place, place + 1);

/** From one place to another, whichever comes first. */
export const between = (ranges: Ranges, a: number, b: number): Ranges =>
  withRange(ranges, Math.min(a, b), Math.max(a, b) + 1);

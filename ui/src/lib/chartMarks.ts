// The way from mark to mark of a chart, by its places.

import type { Mark } from '$lib/api';

type Box = Pick<Mark, 'x' | 'y' | 'width' | 'height'>;

/** The mark that a point lies in; `null` where there is none. */
export function markAt(marks: readonly Box[], x: number, y: number): number | null {
  const at = marks.findIndex((mark) => x >= mark.x && x < mark.x + mark.width && y >= mark.y && y < mark.y + mark.height);
  return at < 0 ? null : at;
}

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The mark that a key leads to: the nearest on its way, straight ahead before aside; `null` for another key. */
export function markBy(code: string, marks: readonly Box[], at: number): number | null {
  if (code === 'Home') return 0;
  if (code === 'End') return marks.length - 1;
  const [way, here] = [WAYS[code], marks[at]];
  if (!way || !here) return null;
  const middle = (mark: Box) => [mark.x + mark.width / 2, mark.y + mark.height / 2] as const;
  const [x, y] = middle(here);
  let [best, least] = [at, Infinity];
  for (const [i, mark] of marks.entries()) {
    const [dx, dy] = [middle(mark)[0] - x, middle(mark)[1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(way[0] === 0 ? dx : dy);
    const far = ahead + 4 * aside;
    if (ahead > 0.5 && far < least) [best, least] = [i, far];
  }
  return best;
}

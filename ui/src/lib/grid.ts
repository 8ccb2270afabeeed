// Where rows stand in a list that may be taller than any element can be. The truth is `top`, the distance in pixels
// from the first row to the upper edge of the pane; a scroller beside the pane shows it on a scale.

/** An element taller than this places rows wrongly in some web views. */
export const TALLEST = 8_000_000;

export type Shape = { total: number; rowHeight: number; paneHeight: number };

/** The height of the whole list. */
export const listHeight = (s: Shape) => s.total * s.rowHeight;

/** The height of what the scroller scrolls. */
export const scrollHeight = (s: Shape) => Math.min(listHeight(s), TALLEST);

const furthestTop = (s: Shape) => Math.max(0, listHeight(s) - s.paneHeight);
const furthestScroll = (s: Shape) => Math.max(0, scrollHeight(s) - s.paneHeight);

/** `top` inside the list. */
export const clamp = (s: Shape, top: number) => Math.min(Math.max(0, top), furthestTop(s));

/** The scroller's place for `top`. */
export function scrollOf(s: Shape, top: number): number {
  const furthest = furthestTop(s);
  return furthest === 0 ? 0 : (clamp(s, top) / furthest) * furthestScroll(s);
}

/** `top` for the scroller's place. */
export function topOf(s: Shape, scroll: number): number {
  const furthest = furthestScroll(s);
  return furthest === 0 ? 0 : clamp(s, (scroll / furthest) * furthestTop(s));
}

/** The rows to draw: the first, how many, and how far the first is shifted up. */
export function visible(s: Shape, top: number): { first: number; count: number; shift: number } {
  const at = clamp(s, top);
  const first = Math.floor(at / s.rowHeight);
  const count = Math.min(s.total - first, Math.ceil(s.paneHeight / s.rowHeight) + 1);
  return { first, count: Math.max(0, count), shift: at - first * s.rowHeight };
}

/** `top` moved as little as needed for `row` to be seen whole. */
export function reveal(s: Shape, top: number, row: number): number {
  const upper = row * s.rowHeight;
  if (upper < top) return clamp(s, upper);
  const lower = upper + s.rowHeight - s.paneHeight;
  return lower > top ? clamp(s, lower) : top;
}

// Where a picture stands in its pane. `scale` is pane pixels to a pixel of the picture; `x` and `y` are the picture's
// upper left corner in the pane.

export type Size = { width: number; height: number };
export type View = { scale: number; x: number; y: number };

const LARGEST = 16;
/** One press of a key, one notch of the wheel. */
export const STEP = 1.25;

/** The scale at which all of it is seen; a small picture is not blown up. */
export function fitScale(picture: Size, pane: Size, actual: number): number {
  if (picture.width === 0 || picture.height === 0) return actual;
  return Math.min(pane.width / picture.width, pane.height / picture.height, actual);
}

/** Centred where it is smaller than the pane; never with an edge inside it where it is larger. */
export function settle(view: View, picture: Size, pane: Size): View {
  const along = (at: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at));
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, pane.width),
    y: along(view.y, picture.height * view.scale, pane.height),
  };
}

/** What stays in its place when no pointer says: the middle, and of a picture that is seen whole its upper edge, where a
 * screen shows the time and the number. */
export function held(view: View, picture: Size, pane: Size): { x: number; y: number } {
  const whole = picture.width * view.scale <= pane.width && picture.height * view.scale <= pane.height;
  return { x: pane.width / 2, y: whole ? view.y : pane.height / 2 };
}

/** Another scale, with the point under the pointer staying there. */
export function zoomAt(view: View, to: number, at: { x: number; y: number }, picture: Size, pane: Size, smallest: number): View {
  const scale = Math.min(LARGEST, Math.max(smallest, to));
  const grown = scale / view.scale;
  return settle({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, picture, pane);
}

// How wide charts are to be drawn: as their place is, in steps, and when it has come to rest, so that a window that is
// pulled larger does not ask the host for each pixel.

const [STEP, REST_MS, FIRST] = [16, 120, 720];

/** What came to rest last: the next chart is drawn so at first. */
let latest = FIRST;

/** Call it while a component is being made; `place` is the width that there is. */
export function drawnWidth() {
  let place = $state(0);
  let width = $state(latest);
  $effect(() => {
    if (place === 0) return;
    const wanted = Math.max(STEP, Math.floor(place / STEP) * STEP);
    if (wanted === width) return;
    const wait = setTimeout(() => (latest = width = wanted), REST_MS);
    return () => clearTimeout(wait);
  });
  return {
    get place() {
      return place;
    },
    set place(found: number) {
      place = found;
    },
    get width() {
      return width;
    },
  };
}

// Questions that take a while, asked one at a time: of those wanted meanwhile, as when an arrow is held down, only the
// last is asked.

export function lastWanted<T>(ask: (wanted: T) => Promise<void>): (wanted: T) => Promise<void> {
  let asking = false;
  let next: { wanted: T } | null = null;
  return async (wanted) => {
    next = { wanted };
    if (asking) return;
    asking = true;
    while (next !== null) {
      const one: { wanted: T } = next;
      next = null;
      await ask(one.wanted);
    }
    asking = false;
  };
}

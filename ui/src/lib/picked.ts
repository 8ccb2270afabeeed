/** What is picked, with one more or one less. */
export function toggled<T>(picked: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(picked);
  if (!next.delete(one)) next.add(one);
  return next;
}

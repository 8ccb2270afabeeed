// Long file names in little room: what tells two of them apart is never cut.

const MARK = '…';

/** Names of at most `room` characters, cut in the middle; whole where cutting would make two of them alike. */
export function shortNames(names: string[], room: number): string[] {
  const cut = names.map((name) => shorten(name, room));
  const seen = new Map<string, Set<string>>();
  cut.forEach((short, i) => seen.set(short, (seen.get(short) ?? new Set()).add(names[i] ?? '')));
  return cut.map((short, i) => ((seen.get(short)?.size ?? 0) > 1 ? (names[i] ?? short) : short));
}

function shorten(name: string, room: number): string {
  const letters = [...name];
  if (letters.length <= room) return name;
  // The end holds the extension, and most often the number that differs.
  const tail = Math.floor(room * 0.45);
  return `${letters.slice(0, room - tail - 1).join('')}${MARK}${letters.slice(-tail).join('')}`;
}

/** The ending as it is shown on a document: `PDF`; empty where the name has none. */
export function ending(name: string): string {
  const found = /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1];
  return found ? found.toUpperCase() : '';
}

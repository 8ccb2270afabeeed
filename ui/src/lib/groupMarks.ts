// Which mark each group has. A mark is a number: eight colours and three shapes go round at their own pace, so that
// twenty-four marks are all different.

export const COLOURS = 8;
export const SHAPES = 3;
const MARKS = COLOURS * SHAPES;

/** The mark of a colour and a shape: there is one of each pair, since neither count divides the other. */
export const markOf = (colour: number, shape: number): number =>
  Array.from({ length: MARKS }, (_, mark) => mark).find((mark) => mark % COLOURS === colour && mark % SHAPES === shape) ?? 0;

/** The marks of these groups. One that had a mark keeps it, whatever becomes of the others, and has it again where it
 * went and came back; a new one gets a mark that is free, of a colour that no other has and of the shape that fewest
 * have, where there is a choice; its identity says where the choice begins. What the person chose goes before all. */
export function marksOf(
  ids: readonly number[],
  known: ReadonlyMap<number, number>,
  chosen: ReadonlyMap<number, number> = new Map(),
): ReadonlyMap<number, number> {
  const here = new Set(ids);
  const taken = new Set(chosen.values());
  const marks = new Map([...[...known].filter(([id, mark]) => chosen.has(id) || !taken.has(mark)), ...chosen]);
  const away = new Map([...marks].filter(([id]) => !here.has(id)));
  const held = new Set([...marks].filter(([id]) => here.has(id)).map(([, mark]) => mark));
  for (const id of [...ids].sort((a, b) => a - b)) {
    if (marks.has(id)) continue;
    const mark = free(id, held, new Set(away.values())) ?? id % MARKS;
    marks.set(id, mark);
    held.add(mark);
    // Of one that went away, and whose mark another needs, nothing is remembered.
    for (const [other, kept] of away) if (kept === mark && away.delete(other)) marks.delete(other);
  }
  return marks;
}

function free(id: number, held: ReadonlySet<number>, kept: ReadonlySet<number>): number | undefined {
  if (held.size === MARKS) return undefined;
  const colours = new Set([...held, ...kept].map((mark) => mark % COLOURS));
  const round = Array.from({ length: MARKS }, (_, step) => (id + step) % MARKS).filter((mark) => !held.has(mark));
  const own = round.filter((mark) => !colours.has(mark % COLOURS));
  const fits = own.length > 0 ? own : round.filter((mark) => !kept.has(mark));
  // In grey the shape tells them apart: the one that fewest have.
  const shaped = (mark: number) => [...held].filter((other) => other % SHAPES === mark % SHAPES).length;
  const fewest = Math.min(...fits.map(shaped));
  return fits.find((mark) => shaped(mark) === fewest) ?? round[0];
}

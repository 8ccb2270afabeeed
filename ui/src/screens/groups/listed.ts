// Which groups are listed, in which order; people whom the person knows come last.

import type { GroupListed } from '$lib/api';

export type Sorting = 'calls' | 'name' | 'last';

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

export function listed(groups: GroupListed[], text: string, sorting: Sorting): GroupListed[] {
  const wanted = fold(text.trim());
  const digits = wanted.replace(/\D/g, '').replace(/^8(?=\d{3})/, '7');
  const fits = (group: GroupListed) =>
    [group.name, ...group.labels.map((label) => label.text)].some((name) => fold(name).includes(wanted)) ||
    (digits.length > 2 && !/\p{L}/u.test(wanted) && group.numbers.some((number) => number.includes(digits)));
  const by = {
    calls: (a: GroupListed, b: GroupListed) => b.calls - a.calls,
    name: (a: GroupListed, b: GroupListed) => a.name.localeCompare(b.name, 'ru'),
    last: (a: GroupListed, b: GroupListed) => Date.parse(b.last) - Date.parse(a.last),
  }[sorting];
  return groups.filter(fits).sort((a, b) => Number(a.known) - Number(b.known) || by(a, b) || a.id - b.id);
}

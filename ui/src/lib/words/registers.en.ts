// Words of the numbering register in English.

import type { DatedBasis } from '$lib/api';
import type { registersRu } from './registers.ru';

const apart = (n: number) => n.toLocaleString('en-GB');
const ranges = (n: number) => `${apart(n)} ${n === 1 ? 'range' : 'ranges'}`;
const basis: Record<DatedBasis, string> = {
  stated: 'the date is yours',
  file_name: 'by the name of the file',
  file_time: 'when the file was changed',
};

export const registersEn: typeof registersRu = {
  title: 'Numbering register',
  lead: 'The register says to which operator a range of numbers was allotted. It does not say who called: a number may have been ported.',
  holder: 'Number range',
  allotted: (holder, region, date) =>
    `The range was allotted to ${holder}${region ? `, ${region}` : ''}; the number may have been ported · register of ${date}`,
  otherOperator: (operator) =>
    `The operator of your line is given as ${operator}. That does not mean the call came from another network: the number may have been ported.`,
  ported: (line, operator, holder, date) =>
    `The range of your number ${line} was allotted to ${holder}, and you name ${operator} as the operator: the number may have been ported, or ${operator} uses another network (register of ${date}).`,
  one: (series, date, how, n) => `${series.join(', ')} of ${date} (${basis[how]}), ${ranges(n)}`,
  places: { case: 'in this case', user: 'for all cases on this computer' },
  missing: (series) => `No register is loaded for ${series.join(', ')}. To whom these numbers were allotted cannot be said.`,
  none: 'No register is loaded.',
  where: 'The files are published at opendata.digital.gov.ru/downloads, DEF-9xx.csv for one. Download them and drop them here.',
  load: 'Load a register…',
  file: 'Numbering register',
  fileLead: 'This is a numbering register and no call log.',
  for: 'For what',
  on: 'Day whose state it is',
  onHint: 'The file itself does not say it. Correct the day where it is wrong.',
  state: {
    taken: (dates) => (dates.length > 0 ? `It will take the place of the register of ${dates.join(', ')}.` : 'There is none like it yet.'),
    held: 'This register is loaded already.',
    older: (dates) => `A newer one is loaded, of ${dates.join(', ')}. If you load this one, it takes its place.`,
  },
  problems: (n, rows) => `Rows that cannot be relied on: ${apart(n)} of ${apart(rows)}. The others hold.`,
  kinds: {
    malformed: 'cannot be read',
    capacity: 'its capacity is not that of its range',
    overlap: 'meets another row',
  },
  line: 'Line',
  why: 'What is wrong',
  found: 'What it says',
  go: 'Load the register',
  done: (series, date) => `The numbering register is loaded: ${series.join(', ')} of ${date}.`,
  logged: (files) => files.map((one) => `“${one.file}” of ${one.dated}`).join(', '),
};

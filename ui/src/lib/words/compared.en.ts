// Words about the sources beside each other: who confirms what, which days have records, how the clocks run, which zone.

import type { SilenceReason, SourceKind } from '$lib/api';
import type { compared as russian } from './compared.ru';
import { plural } from './plural';

const count = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en-GB')}\u00a0${plural('en', n, { one, few: many, many })}`;
const calls = (n: number) => count(n, 'call', 'calls');
const days = (n: number) => count(n, 'day', 'days');

const WHO: Record<SourceKind, string> = {
  phone: 'the phone',
  operator: 'the operator',
  pbx: 'the office exchange',
  hand: 'what was written by hand',
  other: 'the other source',
};

const SILENT: Record<SourceKind, string> = {
  phone: 'The phone is silent',
  operator: 'The operator is silent',
  pbx: 'The exchange is silent',
  hand: 'The source is silent',
  other: 'The source is silent',
};

const WHY: Record<SilenceReason, string> = {
  no_source: 'the case holds no such source',
  other_line: 'the source is of another line',
  outside_period: 'the call is outside the period of the source',
  unanswered: 'that source lists no unanswered calls',
  direction_not_listed: 'that source lists no calls of this direction',
  number_masked: 'the number is hidden, so the call cannot be recognised',
  gap: 'that source has no call on that day at all',
  not_stated: 'the source covers the day, and this call is not in it',
};

export const compared: typeof russian = {
  silence: {
    title: 'Who is silent about calls, and why',
    ask: 'Why other sources are silent…',
    told: (witness, reason) => `${SILENT[witness]}: ${WHY[reason]}`,
  },
  withdraw: {
    open: 'Take out of the case…',
    title: (file) => `Take out of the case: “${file}”`,
    counting: 'Counting what would go with it…',
    goes: (n) => (n === 0 ? 'No call is stated by this source alone.' : `In this source alone: ${calls(n)}. They go with it.`),
    stays: (n) => `In other sources as well: ${calls(n)}. They stay.`,
    hangs: ({ exhibits, labels, said }) => {
      const parts = [
        exhibits > 0 && count(exhibits, 'linked exhibit', 'linked exhibits'),
        labels > 0 && count(labels, 'label read', 'labels read'),
        said > 0 && count(said, 'word of yours about groups', 'words of yours about groups'),
      ].filter(Boolean);
      return parts.length > 0 ? `What rests on the calls that go: ${parts.join(', ')}. It is kept and comes back with the source.` : '';
    },
    keeps: 'The file itself stays in the case byte for byte, and the log says that it was withdrawn. No package will hold it. This can be undone.',
    go: 'Take out',
    done: (file) => `“${file}” is withdrawn from the case. Calls were matched anew.`,
  },
  verdicts: {
    title: 'Who confirms the calls',
    alone: 'The case holds one kind of witness: nothing can confirm its calls yet. Add a billing detail from the operator or the log of the phone.',
    show: (n, what) => `Show ${calls(n)}: ${what}`,
    otherPair: 'or another pair of independent sources',
    others: 'an office exchange, what you wrote down, or a source of which nobody said whose it is',
    conflict: 'all agrees but the duration',
  },
  read: {
    title: 'The sources beside each other',
    many: (records) => `Which days have records and how the clocks run: all ${records} are read for this, which takes a while.`,
    go: 'Compare the sources',
    again: 'Read again',
  },
  days: {
    title: 'Which days have records',
    lead: 'A day without records need not be a loss: there may have been no calls on it.',
    hint: 'Point at a day, or choose it with the arrow keys.',
    slider: 'Day',
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    none: 'the file holds no calls',
    span: (from, to) => `${from} – ${to}`,
    noGaps: 'no gaps',
    gap: (n, when) => `${days(n)} without records: ${when}`,
    singles: (n) => `${count(n, 'single day', 'single days')} without records`,
    gaps: (n, longest, when) => `${days(n)} without records, the longest gap is of ${days(longest)}: ${when}`,
    records: (n) => count(n, 'record', 'records'),
    noRecords: 'no records',
    outside: (n) => `outside the period of ${count(n, 'source', 'sources')}`,
    outsideAll: 'outside the periods of all sources',
    file: (name) => `“${name}”`,
    columns: { source: 'Source', from: 'From', to: 'To', days: 'Days', records: 'Records' },
    all: (n) => `Show all rows: ${n.toLocaleString('en-GB')}`,
  },
  clocks: {
    title: 'The clocks of the sources',
    lead: 'The difference was taken into account when the program looked for one and the same call. The time of each call is shown as its source wrote it.',
    one: 'To compare clocks, at least two sources are needed.',
    apart: 'The sources have no calls in common: there is nothing to compare their clocks by.',
    unpaired: (n) => `Without calls in common: ${count(n, 'pair of sources', 'pairs of sources')}.`,
    all: (n) => `Show all pairs: ${n.toLocaleString('en-GB')}`,
    of: (kind, file) => (file === null ? WHO[kind] : `${WHO[kind]} (“${file}”)`),
    by: (spread, n) => `± ${spread}, by ${calls(n)}`,
    few: (a, b, n) => `The clocks of ${a} and of ${b}: only ${calls(n)} in common, too few to compare clocks by.`,
    same: (a, b, by) => `The clocks of ${a} and of ${b} agree (${by}).`,
    apartBy: (a, b, span, ahead, by) => `The clock of ${a} is ${span} ${ahead ? 'ahead of' : 'behind'} that of ${b} (${by}).`,
    drifting: (a, b, by) => `The clocks of ${a} and of ${b} drift apart (${by}):`,
    stepped: (a, b, by) => `The clock of ${a} or that of ${b} was set anew (${by}):`,
    stretch: (when, a, span, ahead, drift, n) => `${when}: the clock of ${a} is ${span} ${ahead ? 'ahead' : 'behind'}${drift}; ${calls(n)}`,
    stretchSame: (when, drift, n) => `${when}: no difference${drift}; ${calls(n)}`,
    gains: (seconds, forward) => `, every day ${seconds} s further ${forward ? 'ahead' : 'behind'}`,
    offer: (file, now, zone) => `This looks like another time zone: “${file}” is read in the zone ${now}, and seems to be written in the zone ${zone}.`,
    otherwise: (file, now, zone) => `Or the other way round: “${file}” is read in the zone ${now}, and written in the zone ${zone}.`,
    accept: (zone) => `Read in the zone: ${zone}…`,
    units: { h: 'h', min: 'min', s: 's' },
  },
  zone: {
    column: 'Time zone',
    change: 'Change…',
    changeOf: (file) => `Change the time zone of “${file}”`,
    moments: 'moments: no zone moves them',
    title: (file) => `Time zone: “${file}”`,
    field: 'In which zone the times of the file are written',
    keep: 'Leave it',
    takeBack: 'As it was when added',
    now: 'Now',
    then: 'Then',
    first: 'First time in the file',
    shift: (span, later) => `${span} ${later ? 'later' : 'earlier'}`,
    noShift: 'no time changes',
    counting: 'Working out what would change…',
    verdict: (what, now, then) => `${what}: ${now.toLocaleString('en-GB')} → ${then.toLocaleString('en-GB')}`,
    sameVerdicts: 'Who confirms which calls does not change.',
    stays: 'The rows of the file stay as they are. The change can be undone.',
    set: 'Change the zone',
    done: (file, zone) => `“${file}” is read in the zone ${zone}. The calls were compared anew.`,
    takenBack: (file) => `“${file}” is read as it was with the import again. The calls were compared anew.`,
  },
};

// Words of the package and of the log: readiness, what leaves, files for paper, entries of the log as sentences.

import type { LogFacts } from '$lib/api';
import type { PackageWords, Told } from './package.ru';
import { registersEn } from './registers.en';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-GB')}\u00a0${n === 1 ? one : many}`;
/** Where only extracts are kept, of what. */
const extracts = ({ files }: Pick<LogFacts, 'files'>) =>
  files
    .map(({ extract_of: of }) => of && ` An extract is kept: rows of the line ${of.line}; the whole file is not, its SHA-256 is ${of.sha256}.`)
    .join('');
const quoted = (names: string[]) => names.map((name) => `“${name}”`).join(', ');
const calls = (n: number) => count(n, 'call', 'calls');

function byHand({ channel, messenger, whichCalls, whichMessage }: Told): string {
  const by = messenger ? ` (${messenger})` : '';
  if (channel === 'messenger') return whichCalls ? `call in a messenger${by} ${whichCalls}` : `a call in a messenger${by}`;
  if (whichCalls) return `call ${whichCalls}`;
  const what = channel === 'sms' ? 'an SMS' : channel === 'message' ? `a message in a messenger${by}` : '';
  return what && whichMessage ? `${what}: ${whichMessage}` : what;
}

export const packageEn: PackageWords = {
  readiness: {
    title: 'What the package has and what it lacks',
    lead: 'Not what the law demands, but a list: what is usually asked for, and what of it is there.',
    states: { present: 'there', missing: 'missing', partial: 'in part' },
    names: {
      line: 'Your own number',
      detail: 'Operator’s detail',
      phone_log: 'Phone’s log',
      period: 'Period',
      exhibits: 'Pictures and recordings',
      labels: 'Labels on the screen',
      groups: 'Names of groups',
      rows: 'Rows read',
      password: 'Password of the case',
    },
    line: { present: (n) => `Given: ${n}.`, missing: 'Not given: the package does not show which number was called.' },
    detail: { present: (n) => `Files: ${n}.`, missing: (by) => (by ? `None. The calls are stated only by: ${by}.` : 'None, and no other file of calls either.') },
    phone_log: { present: (n) => `Files: ${n}.`, missing: 'None: labels and missed calls may be lacking.' },
    period: {
      present: (span) => `${span}: the detail covers all of it.`,
      partial: (span, gaps) => `${span}. No detail for ${gaps}.`,
      missing: 'There are no calls yet.',
    },
    exhibits: {
      present: (n) => `All are linked to calls: ${n}.`,
      partial: (left) => `Not linked to a call: ${left}. A bundle of groups leaves them out.`,
      missing: 'None yet.',
    },
    labels: { present: (n) => `Different ones: ${n}.`, missing: 'Not entered: screenshots show them.' },
    groups: {
      present: 'You named every group.',
      partial: (named, of) => `You named ${named} of ${of}; the others are named by label or number.`,
      missing: (of) => (of === 0 ? 'There are no groups yet.' : `You named none of ${of}.`),
    },
    rows: {
      present: 'Every row of the files was read.',
      partial: (n, of) => `Not read: ${n} of ${of}. They stay in the package as they are.`,
    },
    password: {
      present: 'The case has a password. The bundle itself has none.',
      missing: 'No password: whoever has the file can open the case.',
    },
    witnesses: { phone: 'the phone’s log', operator: 'the operator’s detail', pbx: 'the exchange’s log', hand: 'your entries by hand', other: 'a file of which it is not said whose it is' },
    fix: {
      line: 'Give the number',
      detail: 'Add a file',
      phone_log: 'Add a file',
      period: 'Add a file',
      exhibits: 'To the exhibits',
      labels: 'To the exhibits',
      groups: 'To the groups',
      rows: 'To the sources',
      password: 'To the password',
    },
    span: (from, to) => (from === to ? from : `${from} — ${to}`),
    moreGaps: (n) => `and ${n} more`,
  },
  texts: {
    open: 'Read the texts that leave',
    title: 'Texts that leave',
    lead: 'Beside them leave the rows of the source files as they stand there.',
    leadWhole: 'Beside them the source files leave whole: their rows, and whatever else tables and documents carry, such as the author’s name, notes, hidden sheets.',
    stays: 'What stays: the password, the log of releases and checks, undone actions, paths and your user name.',
    more: (n) => `and ${n.toLocaleString('en-GB')} more`,
    insideOnly: 'Of what pictures and recordings carry inside, this is what the program can read; a file may hold more.',
    closed: (n) => `Not gone through inside: ${count(n, 'exhibit', 'exhibits')}. Documents may name their author and carry notes; a damaged file may hold anything.`,
    kinds: {
      title: 'Title of the case',
      line: 'Your own numbers',
      group: 'Names of groups',
      label: 'Labels on the screen',
      source: 'Names of source files',
      hand: 'What was said (your entries)',
      exhibit: 'Names of exhibit files',
      inside: 'Inside pictures and recordings (metadata)',
      problem: 'Cells that could not be read',
      log: 'Earlier texts in the custody log',
    },
  },
  plain: {
    go: 'Save as files…',
    hint: 'The same without an archive, for a portal or for paper: the report, the pictures as one PDF, copies of recordings. You choose the folder.',
    done: (n) => `${count(n, 'file', 'files')} saved in a new folder.`,
    folder: 'Folder',
    files: 'Files',
  },
  show: 'Show in folder',
  showFailed: 'There is no file manager. The place is written beside it.',
  copyCode: 'Copy the code',
  copied: 'The code is copied.',
  copyFailed: 'It could not be copied: select the code and copy it yourself.',
  verifyLimit:
    'If someone changed files and computed every digest again, the bundle itself does not show it. Compare the code with the one in the document that was handed in.',
  verifyReport: 'The report in the bundle: report.pdf and report.html. The code on them must be:',
  caseFacts: {
    edit: 'Change…',
    title: 'Title and numbers',
    name: 'Title of the case',
    lines: 'Your numbers, one a line',
    save: 'Save',
    done: 'Title and numbers are saved.',
  },
  entries: {
    search: 'Find in the log',
    all: 'All entries',
    found: (n) => `Entries: ${n.toLocaleString('en-GB')}`,
    nothing: 'There are no such entries.',
    zone: (zone) => `Times are ${zone}.`,
    moscow: 'Moscow’s',
    more: 'Show more',
    proof: 'Hash and details',
    hash: 'Hash of the entry',
    utc: 'Time in UTC',
    raw: 'Details',
    unknown: (kind) => `An entry of the kind “${kind}”, which this program does not know.`,
    absent: 'This entry has no details.',
    program: (program) => program,
    calls,
    andMore: (n) => `and ${calls(n)} more`,
    callOf: (number, when) => `${number}, ${when}`,
    fileRows: (file, all, records) => `“${file}” (${count(all, 'row', 'rows')}, ${records.toLocaleString('en-GB')} of them on calls)`,
    exhibit: (no, file) => (file ? `${no} “${file}”` : no),
    captured: { minute: 'to the minute', hour: 'to the hour', day: 'to the day', second: '' },
  },
  say: {
    created: () => 'The case was created.',
    imported: (t) => `Source added: ${t.whichFiles}.${extracts(t)}`,
    call_noted: (t) => {
      const what = byHand(t);
      return what ? `Written down by you: ${what}.` : 'An entry by hand was made.';
    },
    already_held: () => 'A file that the case holds already was offered. It was not added again.',
    attached: (t) =>
      `Added: ${t.whichFiles}${t.whichHeld && `; in the case before: ${t.whichHeld}`}${t.whichCalls && `; linked to the call: ${t.whichCalls}`}${t.label ? `; label “${t.label}”` : ''}.`,
    register_loaded: (t) => (t.registers?.length ? `Numbering register loaded: ${registersEn.logged(t.registers)}.` : 'The numbering register was loaded.'),
    groups_merged: (t) => (t.groups.length > 0 ? `Groups merged: ${quoted(t.groups)}.` : `Groups merged: ${t.groups_in_all}.`),
    group_split: (t) =>
      `${t.groups[0] ? `Split from the group “${t.groups[0]}”` : 'Split from a group'}: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.`,
    calls_gathered: (t) =>
      t.calls_in_all > 0 ? `Made a group: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.` : 'Calls were made a group.',
    calls_taken_out: (t) =>
      `Taken out of ${t.groups.length > 0 ? `the group ${quoted(t.groups)}` : 'a group'}, “this is not them”: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.`,
    groups_parted: (t) => (t.groups[0] ? `Groups that had been merged into “${t.groups[0]}” were parted again.` : 'Merged groups were parted again.'),
    calls_put_back: (t) =>
      t.groups[0] ? `Calls that had been taken out of the group “${t.groups[0]}” were put back.` : 'Calls that had been taken out of a group were put back.',
    group_attributed: (t) => {
      const group = t.groups[0] ? `the group “${t.groups[0]}”` : 'a group';
      return t.name ? `You wrote down that ${group} belongs to: ${t.name}.` : `What was said of whose ${group} is was taken back.`;
    },
    group_marked: (t) => {
      const group = t.groups[0] ? `the group “${t.groups[0]}”` : 'a group';
      return t.marked ? `The mark of ${group} was chosen.` : `The mark of ${group} is the program’s choice again.`;
    },
    group_known: (t) => {
      const group = t.groups[0] ? `The group “${t.groups[0]}”` : 'A group';
      if (t.marked === null) return `${group}: the mark “people I know” was changed.`;
      return t.marked ? `${group} was marked: “people I know”.` : `${group}: the mark “people I know” was taken away.`;
    },
    group_named: (t) => (t.groups[0] ? `The group “${t.groups[0]}” was named “${t.name}”.` : `A group was named “${t.name}”.`),
    exhibit_edited: (t) => `Exhibit changed: ${t.whichFiles}.`,
    exhibits_linked: (t) => `Linked: ${t.whichFiles} — ${t.whichCalls}.`,
    exhibit_unlinked: (t) => `Unlinked: ${t.whichFiles} from the call ${t.whichCalls}.`,
    proposal_refused: (t) => `The complainant states: ${t.whichFiles} is not about the call ${t.whichCalls}.`,
    proposals_put_back: (t) => `Taken back, “not this call”: ${t.whichFiles} — ${t.whichCalls}.`,
    capture_stated: (t) => (t.when ? `Time of capture stated for ${t.whichFiles}: ${t.when}.` : `Stated time taken back: ${t.whichFiles}.`),
    label_observed: (t) => `The label “${t.label}” was read off ${t.whichFiles} for the call ${t.whichCalls}.`,
    label_removed: (t) => `The label “${t.label}” was taken off ${t.whichFiles}, call ${t.whichCalls}.`,
    undone: (t) => `Undone: ${t.step}.`,
    redone: (t) => `Redone: ${t.step}.`,
    withdrawn: (t) => {
      const entry = t.whichCalls || t.whichMessage ? byHand(t) : '';
      const what = entry ? `entry by hand, ${entry}` : t.whichFiles;
      return `Withdrawn from the case${what && `: ${what}`}. The original file stays.`;
    },
    reinstated: (t) => `Taken back into the case${t.whichFiles && `: ${t.whichFiles}`}.`,
    purged: (t) => `Removed for good${t.whichFiles && `: ${t.whichFiles}`}.`,
    password_changed: (t) => (t.keyed === false ? 'The password was removed.' : 'A new password was set.'),
    adopted: () => 'This computer had not left the case in this state, such as a copy or one from another computer: its tables were built anew.',
    zone_set: (t) => {
      if (!t.name) return 'The time zone of a source was changed.';
      return t.zone
        ? `The times in “${t.name}” are read in the zone ${t.zone}.`
        : `The times in “${t.name}” are read as they were with the import again.`;
    },
    case_edited: (t) => `Title set to ${t.name ? `“${t.name}”` : 'nothing'}, own numbers: ${t.lines.join(', ') || 'none'}.`,
    exported: (t) =>
      `${t.form === 'plain' ? 'Files for paper saved' : 'Bundle saved'}, code ${t.code ?? '—'}: ${calls(t.calls_in_all)}${t.groups.length > 0 ? `, groups ${quoted(t.groups)}` : ', the whole case'}.`,
    verified: (t) =>
      `${t.target === 'case' ? 'Case verified' : `Bundle verified${t.code ? `, code ${t.code}` : ''}`}: ${t.differences ? `differences found, ${t.differences}` : 'no differences'}.`,
    viewed: () => 'The case was opened.',
    copied: (t) => `A copy was saved: ${t.whichFiles}.`,
  },
  palette: {
    title: 'Everything',
    placeholder: 'Screen, action, group, number, exhibit',
    none: 'Nothing was found.',
    sections: { commands: 'Actions', screens: 'Screens', groups: 'Groups', calls: 'Calls', exhibits: 'Exhibits' },
    exhibitsOf: (no, file) => `${no} ${file}`,
  },
  commands: {
    add: 'Add files…',
    export: 'Save a bundle',
    search: 'Find a call',
    palette: 'Everything: screens, actions, groups, calls…',
    undo: 'Undo',
    redo: 'Redo',
    open: 'Open a case…',
    window: 'New window',
    close: 'Close the case',
    quit: 'Close the window',
    keys: 'Keys',
    larger: 'Larger',
    smaller: 'Smaller',
    usual: 'Usual size',
    system: 'Colours as in the system',
    light: 'Light window',
    dark: 'Dark window',
    russian: 'Язык: русский',
    english: 'Language: English',
    recent: 'Recent cases',
    bars: { file: 'File', edit: 'Edit', view: 'View', help: 'Help' },
  },
};

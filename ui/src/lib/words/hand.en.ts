// Words for entries by hand: a call that has just come.

import type { hand as russian } from './hand.ru';

export const hand: typeof russian = {
  button: 'I was just called',
  hint: 'Write down a call or a message that no file holds',
  title: 'I was just called',
  number: 'Number',
  numberHint: '+7 9…',
  hidden: 'the number was hidden',
  label: 'What the screen showed',
  labelHint: 'the label in place of a name, if there was one',
  said: 'What was said',
  saidHint: 'in your own words; may stay empty',
  date: 'Date',
  time: 'Time',
  timeHint: '14:05 is to the minute, 14 to the hour; empty: I do not remember the time',
  direction: 'Direction',
  incoming: 'they called me',
  outgoing: 'I called',
  cameIn: 'they sent it',
  wentOut: 'I sent it',
  channel: 'Kind',
  channels: { call: 'call', messenger: 'call in a messenger', sms: 'SMS', message: 'message in a messenger' },
  messenger: 'Which messenger',
  outcome: 'Outcome',
  outcomes: {
    unknown: 'not said',
    answered: 'I answered',
    missed: 'I did not answer',
    rejected: 'I declined it',
    voicemail: 'voicemail',
  },
  length: 'Duration, min:s',
  line: 'Which of your numbers',
  lineUnknown: 'not said',
  willBe: (when) => `Will be written down: ${when}.`,
  wrongTime: 'There is no such date or time.',
  wrongLength: 'A duration is written as min:s, for example 1:35.',
  go: 'Write down',
  noted: (what) => `Written down: ${what}.`,
  notedKnown: (what) => `Written down: ${what}. A file states this call as well; it is one.`,
  section: 'Written down by you',
  sectionLead: 'You made these entries yourself, from memory. The list of calls and the package say so.',
  entry: (channel, outgoing, messenger) => {
    const way = outgoing ? 'outgoing' : 'incoming';
    const named = (what: string) => (messenger ? `${what}, ${messenger}` : what);
    if (channel === 'sms') return `${way} SMS`;
    if (channel === 'message') return named(`${way} message`);
    return channel === 'messenger' ? named(`${way} call`) : `${way} call`;
  },
  columns: { when: 'When', what: 'What', number: 'Number', said: 'Label and what was said', written: 'Written down', acts: 'Actions' },
  noCall: 'no call',
  show: 'Show the call',
  withdraw: 'Withdraw',
  withdrawHint: 'The entry stays in the log and no longer counts. This can be undone.',
  all: (n) => `Show all: ${n.toLocaleString('en-GB')}`,
  withdrawn: 'The entry is withdrawn.',
  only: 'written down by you alone',
  witness: 'written down by you',
};

// Words for layouts of one's own and for the excerpt of an unknown file.

import type { layouts as russian } from './layouts.ru';

export const layouts: typeof russian = {
  open: 'Your layouts…',
  title: 'Your layouts',
  lead: 'Layouts whose columns you set. The program recognises the next such file by itself.',
  none: 'Layouts that you save after setting the columns of an unknown table will appear here.',
  reads: (kind, columns) => `${kind}: ${columns}`,
  rename: 'Rename',
  newName: (name) => `New name of the layout “${name}”`,
  keep: 'Save the name',
  forget: 'Delete',
  forgetAsk: (name) => `Delete the layout “${name}”? Cases that were read by it do not change: they hold its text.`,
  forgetGo: 'Delete the layout',
  giveOut: 'Save to a file…',
  takeIn: 'Take from a file…',
  gaveOut: (name) => `The layout “${name}” is saved to a file.`,
  tookIn: (names) => `The layout is in the list: ${names}.`,
  renamed: (name) => `The layout is now called “${name}”.`,
  forgotten: (name) => `The layout “${name}” is deleted from the list.`,
  broken: 'Cannot be read',
  excerpt: 'Excerpt without personal data…',
  excerptTitle: 'Excerpt without personal data',
  excerptLead:
    'Show it to whoever will describe the layout. Digits are noughts and letters are x; headings, words of layouts and the marks between them stay. Read it before you save it.',
  excerptSave: 'Save to a file…',
  excerptSaved: 'The excerpt is saved.',
  excerptName: 'excerpt.txt',
};

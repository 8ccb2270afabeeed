// The one door to the host. Nothing else in the face knows what the host is.

import { Channel, invoke } from '@tauri-apps/api/core';
import { getCurrentWebviewWindow } from '@tauri-apps/api/webviewWindow';
import { commands, events, PEEK, PICTURE, SOUND, THUMBNAIL } from './bindings';
import type { Failure, FileChoice, Mapping, Report, Trial } from './bindings';

export type * from './bindings';

/** Hears the progress of long work. */
export type Hear = (report: Report) => void;

// Long work is one at a time, and its channel is its name: see lib/job.
let latest: Channel<Report> | null = null;

function channel(hear: Hear): Channel<Report> {
  const to = new Channel<Report>();
  to.onmessage = hear;
  latest = to;
  return to;
}

/** Whether something thrown is a failure in words, rather than a fault of the face itself. */
export function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'ru' in thrown && 'en' in thrown;
}

const here = getCurrentWebviewWindow;

type Commands = typeof commands;

/** A picture, with the size of the original as it is looked at. */
export type Shown = { address: string; width: number; height: number; workingCopy: boolean };
/** A stretch of sound: samples of 16 bits, interleaved. */
export type Stretch = { rate: number; channels: number; firstFrame: number; frames: number; samples: Int16Array };

// The web view tells the kinds of pictures by their bytes; the type only has to be one of a picture.
const asPicture = (bytes: BlobPart) => URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
const address = (bytes: ArrayBuffer) => (bytes.byteLength === 0 ? null : asPicture(bytes));

function shown(bytes: ArrayBuffer): Shown | null {
  if (bytes.byteLength <= 12) return null;
  const [width = 0, height = 0, copy] = new Uint32Array(bytes, 0, 3);
  return { address: asPicture(new Uint8Array(bytes, 12)), width, height, workingCopy: copy === 1 };
}

function heard(bytes: ArrayBuffer): Stretch | null {
  if (bytes.byteLength < 16) return null;
  const [rate = 0, channels = 1, firstFrame = 0, frames = 0] = new Uint32Array(bytes, 0, 4);
  return { rate, channels, firstFrame, frames, samples: new Int16Array(bytes, 16) };
}

export const host = {
  ...commands,
  /** Ends the long work that was begun last. */
  cancel: async (): Promise<void> => {
    if (latest) await commands.cancel(latest.id);
  },
  openSample: (hear: Hear) => commands.openSample(channel(hear)),
  previewAttach: (tokens: number[], hear: Hear) => commands.previewAttach(tokens, channel(hear)),
  groupChance: (id: number, hear: Hear) => commands.groupChance(id, channel(hear)),
  saveCopy: (id: number, name: string, hear: Hear) => commands.saveCopy(id, name, channel(hear)),
  previewImport: (files: FileChoice[], hear: Hear) => commands.previewImport(files, channel(hear)),
  import: (files: FileChoice[], expected: string[], hear: Hear) => commands.import(files, expected, channel(hear)),
  /** Tries a mapping. It is no long work of its own: the next change of the mapping ends it. */
  tryMapping: (token: number, mapping: Mapping): { answer: Promise<Trial>; cancel: () => Promise<unknown> } => {
    const to = new Channel<Report>();
    return { answer: commands.tryMapping(token, mapping, to), cancel: () => commands.cancel(to.id) };
  },
  attach: (tokens: number[], calls: number[], hear: Hear) => commands.attach(tokens, calls, channel(hear)),
  exportPlain: (choice: Parameters<Commands['exportPlain']>[0], hear: Hear) => commands.exportPlain(choice, channel(hear)),
  export: (choice: Parameters<Commands['export']>[0], name: string, hear: Hear) =>
    commands.export(choice, name, channel(hear)),
  verifyBundle: (token: number | null, hear: Hear) => commands.verifyBundle(token, channel(hear)),
  verifyCase: (hear: Hear) => commands.verifyCase(channel(hear)),

  /** A thumbnail as an address for `<img>`; the caller revokes it. `null` for what is no picture. */
  thumbnail: async (id: number) => address(await invoke<ArrayBuffer>(THUMBNAIL, { id })),
  /** The same of a file that is not in the case yet. */
  peek: async (token: number) => address(await invoke<ArrayBuffer>(PEEK, { token })),
  /** A picture to look at; the caller revokes its address. `null` for what cannot be drawn. */
  picture: async (id: number) => shown(await invoke<ArrayBuffer>(PICTURE, { id })),
  /** Samples of a stretch of a recording at a share of its tempo; `null` for what cannot be decoded. */
  sound: async (id: number, fromMs: number, lengthMs: number, percent: number) =>
    heard(await invoke<ArrayBuffer>(SOUND, { id, fromMs, lengthMs, percent })),

  // Each window hears what is meant for it: there may be several, each with a case of its own.
  onFilesDropped: (hear: Parameters<typeof events.filesDropped.listen>[0]) => events.filesDropped(here()).listen(hear),
  onFilesOver: (hear: Parameters<typeof events.filesOver.listen>[0]) => events.filesOver(here()).listen(hear),
  onCaseGiven: (hear: () => void) => events.caseGiven(here()).listen(hear),
  onMenuChosen: (hear: Parameters<typeof events.menuChosen.listen>[0]) => events.menuChosen(here()).listen(hear),
  onClosingAsked: (hear: () => void) => events.closingAsked(here()).listen(hear),
};

// The one door to the host. Nothing else in the face knows what the host is.

import { Channel, invoke } from '@tauri-apps/api/core';
import { getCurrentWebviewWindow } from '@tauri-apps/api/webviewWindow';
import { commands, events, THUMBNAIL } from './bindings';
import type { Failure, Report } from './bindings';

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

export const host = {
  ...commands,
  /** Ends the long work that was begun last. */
  cancel: async (): Promise<void> => {
    if (latest) await commands.cancel(latest.id);
  },
  openSample: (hear: Hear) => commands.openSample(channel(hear)),
  previewImport: (tokens: number[], choice: Parameters<Commands['previewImport']>[1], hear: Hear) =>
    commands.previewImport(tokens, choice, channel(hear)),
  import: (tokens: number[], choice: Parameters<Commands['import']>[1], expected: string[], hear: Hear) =>
    commands.import(tokens, choice, expected, channel(hear)),
  attach: (tokens: number[], calls: number[], hear: Hear) => commands.attach(tokens, calls, channel(hear)),
  export: (choice: Parameters<Commands['export']>[0], name: string, hear: Hear) =>
    commands.export(choice, name, channel(hear)),
  verifyBundle: (token: number | null, hear: Hear) => commands.verifyBundle(token, channel(hear)),
  verifyCase: (hear: Hear) => commands.verifyCase(channel(hear)),

  /** A thumbnail as an address for `<img>`; the caller revokes it. `null` for what is no picture. */
  async thumbnail(id: number): Promise<string | null> {
    const bytes = await invoke<ArrayBuffer>(THUMBNAIL, { id });
    return bytes.byteLength === 0 ? null : URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
  },

  // Each window hears what is meant for it: there may be several, each with a case of its own.
  onFilesDropped: (hear: Parameters<typeof events.filesDropped.listen>[0]) => events.filesDropped(here()).listen(hear),
  onFilesOver: (hear: Parameters<typeof events.filesOver.listen>[0]) => events.filesOver(here()).listen(hear),
  onCaseGiven: (hear: () => void) => events.caseGiven(here()).listen(hear),
  onClosingAsked: (hear: () => void) => events.closingAsked(here()).listen(hear),
};

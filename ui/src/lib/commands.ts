// Everything that can be done from anywhere, once: the palette, the native menu and the keys speak of the same.

import { host, type Bar, type Item } from '$lib/api';
import { appearance } from './appearance.svelte';
import { desk, SCREENS, type ScreenName } from './desk.svelte';
import { shell } from './shell.svelte';
import type { Words } from './words/ru';

export type Command = {
  id: string;
  text: (words: Words) => string;
  key?: string;
  enabled: () => boolean;
  run: () => unknown;
};

const always = () => true;
const open = () => desk.overview !== null;
const step = (words: Words, kind: string) => words.steps[kind] ?? kind;

function undoText(words: Words): string {
  const kind = desk.overview?.undo;
  return kind ? words.frame.undoStep(step(words, kind)) : words.commands.undo;
}

function redoText(words: Words): string {
  const kind = desk.overview?.redo;
  return kind ? words.frame.redoStep(step(words, kind)) : words.commands.redo;
}

async function choose(): Promise<void> {
  await desk.attempt(async () => {
    const file = await host.chooseCase();
    if (file) await desk.open(file);
  });
}

const plain: Command[] = [
  { id: 'window', text: (w) => w.commands.window, enabled: always, run: () => desk.attempt(() => host.openWindow(null)) },
  { id: 'open', text: (w) => w.commands.open, enabled: always, run: choose },
  { id: 'add', text: (w) => w.commands.add, key: 'Ctrl+I', enabled: () => desk.overview?.writable === true, run: () => desk.choose() },
  { id: 'note', text: (w) => w.hand.button, key: 'Ctrl+J', enabled: () => open() && desk.editable, run: () => (shell.note = true) },
  { id: 'layouts', text: (w) => w.layouts.open, enabled: open, run: () => (shell.layouts = true) },
  { id: 'export', text: (w) => w.commands.export, key: 'Ctrl+E', enabled: open, run: () => desk.go('bundle') },
  { id: 'close', text: (w) => w.commands.close, enabled: () => open() && desk.editable, run: () => desk.close() },
  { id: 'quit', text: (w) => w.commands.quit, enabled: always, run: () => desk.attempt(() => host.closeWindow(false)) },
  { id: 'undo', text: undoText, key: 'Ctrl+Z', enabled: () => !!desk.overview?.undo && desk.editable, run: () => desk.undo() },
  { id: 'redo', text: redoText, key: 'Ctrl+Shift+Z', enabled: () => !!desk.overview?.redo && desk.editable, run: () => desk.redo() },
  { id: 'search', text: (w) => w.commands.search, key: 'Ctrl+F', enabled: open, run: () => shell.search() },
  { id: 'palette', text: (w) => w.commands.palette, key: 'Ctrl+K', enabled: open, run: () => (shell.palette = true) },
  { id: 'larger', text: (w) => w.commands.larger, key: 'Ctrl++', enabled: always, run: () => desk.attempt(() => appearance.zoomBy(1)) },
  { id: 'smaller', text: (w) => w.commands.smaller, key: 'Ctrl+-', enabled: always, run: () => desk.attempt(() => appearance.zoomBy(-1)) },
  { id: 'usual', text: (w) => w.commands.usual, key: 'Ctrl+0', enabled: always, run: () => desk.attempt(() => appearance.zoomBy(0)) },
  { id: 'system', text: (w) => w.commands.system, enabled: always, run: () => desk.attempt(() => appearance.chooseColours('system')) },
  { id: 'light', text: (w) => w.commands.light, enabled: always, run: () => desk.attempt(() => appearance.chooseColours('light')) },
  { id: 'dark', text: (w) => w.commands.dark, enabled: always, run: () => desk.attempt(() => appearance.chooseColours('dark')) },
  { id: 'russian', text: (w) => w.commands.russian, enabled: always, run: () => desk.attempt(() => appearance.chooseLanguage('ru')) },
  { id: 'english', text: (w) => w.commands.english, enabled: always, run: () => desk.attempt(() => appearance.chooseLanguage('en')) },
  { id: 'keys', text: (w) => w.commands.keys, key: '?', enabled: always, run: () => (shell.keys = true) },
];

const screens: Command[] = SCREENS.map((screen: ScreenName, place) => ({
  id: `go-${screen}`,
  text: (w) => w.screens[screen],
  key: `Ctrl+${place + 1}`,
  enabled: open,
  run: () => desk.go(screen),
}));

export const COMMANDS: readonly Command[] = [...plain, ...screens];
export const SCREEN_COMMANDS: readonly Command[] = screens;
export const PLAIN_COMMANDS: readonly Command[] = plain;

export function command(id: string): Command | undefined {
  return COMMANDS.find((one) => one.id === id);
}

/** Does it, where it can be done now. */
export function run(id: string): void {
  const found = command(id);
  if (found?.enabled()) void found.run();
}

const LINE = '-';
const BARS: [keyof Words['commands']['bars'], string[]][] = [
  ['file', ['window', 'open', 'recent', LINE, 'add', 'note', 'export', LINE, 'layouts', LINE, 'close', 'quit']],
  ['edit', ['undo', 'redo', LINE, 'search', 'palette']],
  ['view', [...screens.map((one) => one.id), LINE, 'larger', 'smaller', 'usual', LINE, 'system', 'light', 'dark', LINE, 'russian', 'english']],
  ['help', ['keys']],
];

/** The native menu in these words. */
export function menu(words: Words): Bar[] {
  const item = (id: string): Item => {
    if (id === 'recent') return { command: id, text: words.commands.recent, enabled: true };
    const found = command(id);
    const key = found?.key ? `    ${found.key}` : '';
    return { command: id, text: `${found?.text(words) ?? ''}${key}`, enabled: found?.enabled() ?? false };
  };
  return BARS.map(([bar, ids]) => ({ text: words.commands.bars[bar], items: ids.map(item) }));
}

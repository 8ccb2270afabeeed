// Keys by position, so that a Russian layout works: shortcuts match `event.code`.

import { run } from './commands';
import { desk, SCREENS } from './desk.svelte';

/** Whether keys go into a text being typed. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const text = target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
  return text || target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Does what a key stands for; answers whether it stands for anything. */
export function onKey(event: KeyboardEvent, nextPane: () => void): boolean {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || document.querySelector('dialog[open]')) return false;
  if (event.code === 'F6') return does(nextPane);
  if (control) return onControl(event);
  if (typing(event.target)) return false;
  if (event.code === 'Slash' && event.shiftKey) return does(() => run('keys'));
  if (event.code === 'Slash' && desk.overview) return does(() => run('search'));
  return false;
}

const KEYS: Record<string, string> = {
  KeyI: 'add',
  KeyJ: 'note',
  KeyE: 'export',
  KeyF: 'search',
  KeyK: 'palette',
  Equal: 'larger',
  NumpadAdd: 'larger',
  Minus: 'smaller',
  NumpadSubtract: 'smaller',
  Digit0: 'usual',
  Numpad0: 'usual',
};

function onControl(event: KeyboardEvent): boolean {
  const id = KEYS[event.code];
  if (id) return does(() => run(id));
  if (!desk.overview) return false;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const screen = digit ? SCREENS[Number(digit) - 1] : undefined;
  if (screen) return does(() => desk.go(screen));
  if (event.code !== 'KeyZ' || typing(event.target)) return false;
  return does(() => run(event.shiftKey ? 'redo' : 'undo'));
}

function does(act: () => unknown): true {
  act();
  return true;
}

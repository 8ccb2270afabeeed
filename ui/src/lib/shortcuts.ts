// Keys by position, so that a Russian layout works: shortcuts match `event.code`.

import { desk, SCREENS } from './desk.svelte';

type Acts = { keys: () => void; search: () => void; nextPane: () => void };

/** Whether keys go into a text being typed. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const text = target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
  return text || target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Does what a key stands for; answers whether it stands for anything. */
export function onKey(event: KeyboardEvent, acts: Acts): boolean {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || document.querySelector('dialog[open]')) return false;
  if (event.code === 'F6') return run(acts.nextPane);
  if (control) return onControl(event, acts);
  if (typing(event.target)) return false;
  if (event.code === 'Slash' && event.shiftKey) return run(acts.keys);
  if (event.code === 'Slash' && desk.overview) return run(acts.search);
  return false;
}

function onControl(event: KeyboardEvent, acts: Acts): boolean {
  if (!desk.overview) return false;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const screen = digit ? SCREENS[Number(digit) - 1] : undefined;
  if (screen) return run(() => desk.go(screen));
  if (typing(event.target) && event.code === 'KeyZ') return false;
  switch (event.code) {
    case 'KeyZ':
      return run(() => void (event.shiftKey ? desk.redo() : desk.undo()));
    case 'KeyI':
      return run(() => void desk.choose());
    case 'KeyE':
      return run(() => desk.go('bundle'));
    case 'KeyF':
    case 'KeyK':
      return run(acts.search);
    default:
      return false;
  }
}

function run(act: () => unknown): true {
  act();
  return true;
}

// What stands over the screens: the palette, the list of keys, the question before closing.

import { tick } from 'svelte';
import { desk } from './desk.svelte';

class Shell {
  palette = $state(false);
  keys = $state(false);
  closing = $state(false);
  /** A call that has just come is being written down. */
  note = $state(false);
  /** The layouts of the person's own are looked at. */
  layouts = $state(false);

  /** Goes to the search of calls; with a text, searches. */
  search = async (text?: string): Promise<void> => {
    desk.go('calls');
    await tick();
    const field = document.getElementById('search');
    field?.focus();
    if (text === undefined || !(field instanceof HTMLInputElement)) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
}

export const shell = new Shell();

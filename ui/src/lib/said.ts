// What went wrong, in the language of the window.

import { isFailure } from './api';
import { speech } from './words/index.svelte';

/** A failure in its own words; a fault of the face in general ones. */
export function said(thrown: unknown): string {
  return isFailure(thrown) ? thrown[speech.language] : speech.words.fault;
}

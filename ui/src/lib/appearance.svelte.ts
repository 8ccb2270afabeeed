// Language, colours and size as the person chose them; kept by the host.

import { host, type Colours } from '$lib/api';
import { speech, type Language } from '$lib/words/index.svelte';

const SIZES = [67, 80, 90, 100, 110, 125, 150, 175, 200];

class Appearance {
  colours = $state<Colours>('system');
  /** In percent. */
  zoom = $state(100);

  load = async (): Promise<void> => {
    const saved = await host.settings();
    this.colours = saved.colours ?? 'system';
    this.zoom = saved.zoom || 100;
    speech.choose(saved.language ?? speech.language);
  };

  chooseLanguage = async (language: Language): Promise<void> => {
    speech.choose(language);
    await this.#save();
  };

  chooseColours = async (colours: Colours): Promise<void> => {
    this.colours = colours;
    await this.#save();
  };

  /** The next size up or down; 0 for the usual one. */
  zoomBy = async (steps: number): Promise<void> => {
    const at = SIZES.findIndex((size) => size >= this.zoom);
    this.zoom = steps === 0 ? 100 : (SIZES[Math.max(0, Math.min(SIZES.length - 1, at + steps))] ?? 100);
    await this.#save();
  };

  async #save(): Promise<void> {
    await host.changeSettings({ language: speech.language, colours: this.colours, zoom: this.zoom });
  }
}

export const appearance = new Appearance();

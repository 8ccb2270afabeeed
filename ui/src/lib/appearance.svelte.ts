// Language and colours as the person chose them; kept by the host.

import { host, type Colours } from '$lib/api';
import { speech, type Language } from '$lib/words/index.svelte';

class Appearance {
  colours = $state<Colours>('system');

  load = async (): Promise<void> => {
    const saved = await host.settings();
    this.colours = saved.colours ?? 'system';
    speech.choose(saved.language ?? speech.language);
  };

  chooseLanguage = async (language: Language): Promise<void> => {
    speech.choose(language);
    await host.changeSettings({ language, colours: this.colours });
  };

  chooseColours = async (colours: Colours): Promise<void> => {
    this.colours = colours;
    await host.changeSettings({ language: speech.language, colours });
  };
}

export const appearance = new Appearance();

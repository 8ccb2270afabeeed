// Titles of the known layouts, read once.

import { host, type RecipeInfo } from '$lib/api';
import { speech } from '$lib/words/index.svelte';

class Recipes {
  list = $state.raw<RecipeInfo[]>([]);
  #asked = false;

  /** The title of a layout in the language of the window; its name until the titles are there. */
  title = (name: string): string => {
    const found = this.list.find((recipe) => recipe.name === name);
    if (!found) return name;
    return speech.language === 'ru' ? found.title_ru : found.title_en;
  };

  load = async (): Promise<void> => {
    if (this.#asked) return;
    this.#asked = true;
    this.list = await host.recipes();
  };
}

export const recipes = new Recipes();

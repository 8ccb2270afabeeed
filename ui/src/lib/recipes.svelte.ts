// Titles of the known layouts, read once.

import { host, type RecipeInfo } from '$lib/api';
import { speech } from '$lib/words/index.svelte';

const RECORDS = ['xml', 'sqlite', 'dump', 'haudio'];

class Recipes {
  list = $state.raw<RecipeInfo[]>([]);
  #asked = false;

  /** The title of a layout in the language of the window; its name until the titles are there. */
  title = (name: string): string => {
    const found = this.list.find((recipe) => recipe.name === name);
    if (name === 'mapping') return speech.words.mapping.byHand;
    if (!found) return name;
    return speech.language === 'ru' ? found.title_ru : found.title_en;
  };

  /** Whether its rows bring the names of their columns along: records, whose columns nobody sets by hand. */
  hasRecords = (name: string): boolean =>
    this.list.find((recipe) => recipe.name === name)?.containers.some((one) => RECORDS.includes(one)) ?? false;

  load = async (again = false): Promise<void> => {
    if (this.#asked && !again) return;
    this.#asked = true;
    this.list = await host.recipes();
  };
}

export const recipes = new Recipes();

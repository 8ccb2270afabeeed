// The words in the language that is chosen; switching needs no restart.

import { en } from './en';
import { ru, type Words } from './ru';

export type Language = 'ru' | 'en';

const systemLanguage: Language = globalThis.navigator?.language.toLowerCase().startsWith('ru') ? 'ru' : 'en';

class Speech {
  language = $state<Language>(systemLanguage);

  get words(): Words {
    return this.language === 'ru' ? ru : en;
  }

  choose(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }
}

export const speech = new Speech();
export type { Words };

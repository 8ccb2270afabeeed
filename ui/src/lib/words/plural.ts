// The plural of a word in a language. Intl knows the rules; fractions do not occur.

export type Forms = { one: string; few: string; many: string };

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

export function plural(language: 'ru' | 'en', n: number, forms: Forms): string {
  const form = rules[language].select(n);
  if (form === 'one') return forms.one;
  return form === 'few' ? forms.few : forms.many;
}

// What a list is narrowed to, in words: one chip for each.

import type { CallFilter, GroupListed, Overview } from '$lib/api';
import type { Narrowing } from '$lib/callList.svelte';
import { ofCalendar } from '$lib/clock';
import * as format from '$lib/format';
import type { Words } from '$lib/words/ru';

export type ChipOf = { key: keyof CallFilter; text: string };

/** `05.09.2025`, `5.9.25`, `2025-09-05` → `2025-09-05`; `null` for what is no date. */
export function isoDate(typed: string): string | null {
  const text = typed.trim();
  const written = /^(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (written) return ofCalendar(written[3]?.length === 2 ? `20${written[3]}` : written[3], written[2], written[1]);
  return iso && ofCalendar(iso[1], iso[2], iso[3]);
}

/** `2025-09-05` → `05.09.2025`. */
export const written = (iso: string | null | undefined) => (iso ? iso.split('-').reverse().join('.') : '');

export function chips(now: Narrowing, groupId: number | null, groups: GroupListed[], overview: Overview, words: Words, language: 'ru' | 'en'): ChipOf[] {
  const said = words.calls;
  const found: ChipOf[] = [];
  const group = groups.find((one) => one.id === groupId);
  if (group) found.push({ key: 'group', text: group.name });
  if (typeof now.reason === 'number') {
    const reason = group?.reasons[now.reason];
    const text = reason ? format.withPhones(language === 'ru' ? reason.text : reason.text_en) : said.oneReason;
    found.push({ key: 'reason', text: said.reasonChip(text) });
  }
  if (now.from) found.push({ key: 'from', text: said.since(format.date(now.from, words)) });
  if (now.to) found.push({ key: 'to', text: said.until(format.date(now.to, words)) });
  if (now.direction) found.push({ key: 'direction', text: said.directions[now.direction] });
  if (now.disposition) found.push({ key: 'disposition', text: said.dispositions[now.disposition] });
  if (now.verdict) found.push({ key: 'verdict', text: said.verdicts[now.verdict] });
  if (now.silent) found.push({ key: 'silent', text: words.compared.silence.told(now.silent.witness, now.silent.reason) });
  for (const key of ['exhibits', 'labelled', 'hidden'] as const) {
    const value = now[key];
    if (typeof value === 'boolean') found.push({ key, text: said[value ? 'yes' : 'no'][key] });
  }
  if (now.number) found.push({ key: 'number', text: format.phone(now.number) });
  if (now.block) found.push({ key: 'block', text: said.blockChip(...(now.block.map(format.phone) as [string, string])) });
  if (now.label) found.push({ key: 'label', text: said.labelChip(format.visible(now.label)) });
  if (now.holder) found.push({ key: 'holder', text: said.holderChip(now.holder) });
  if (typeof now.weekday === 'number') found.push({ key: 'weekday', text: words.charts.weekdays[now.weekday] ?? '' });
  if (typeof now.hour === 'number') found.push({ key: 'hour', text: said.hourChip(now.hour) });
  if (now.source) found.push({ key: 'source', text: overview.sources.find((s) => s.id === now.source)?.file ?? said.source });
  return found;
}

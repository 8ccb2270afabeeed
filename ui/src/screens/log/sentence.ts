// An entry of the log as one sentence: what happened to which item, by names and not by inner numbers.

import type { LogCall, LogEntry, LogFacts, LogFile, Precision } from '$lib/api';
import * as format from '$lib/format';
import type { Told } from '$lib/words/package.ru';
import type { Words } from '$lib/words/ru';

/** Entries of the chain by number: what was undone is told by its name. */
export type Chain = ReadonlyMap<number, LogEntry>;

/** A call; where its zone is another than that of the log, it is named. */
function call(one: LogCall, local: string, words: Words): string {
  const party = format.party({ number: one.number, number_raw: one.number_raw, number_kind: one.number_kind }, words);
  const zone = format.offset(one.started_at);
  const other = one.precision !== 'day' && zone !== format.offset(local) ? ` ${zone}` : '';
  return words.entries.callOf(party, format.moment(one.started_at, one.precision, words) + other);
}

function file(one: LogFile, words: Words): string {
  const name = format.visible(one.file);
  return one.no ? words.entries.exhibit(one.no, name) : words.entries.fileRows(name, one.rows, one.records);
}

function calls(facts: LogFacts, local: string, words: Words): string {
  const named = facts.calls.map((one) => call(one, local, words));
  const more = facts.calls_in_all - named.length;
  if (named.length === 0) return more > 0 ? words.entries.calls(more) : '';
  return more > 0 ? `${named.join('; ')} ${words.entries.andMore(more)}` : named.join('; ');
}

/** A file whose line is written as numbers are. */
function written(one: LogFile): LogFile {
  const { extract_of: of } = one;
  const file = format.visible(one.file);
  return of ? { ...one, file, extract_of: { ...of, line: format.phone(of.line) } } : { ...one, file };
}

/** What was undone, as a clause inside the sentence of the undoing. */
function step(facts: LogFacts, chain: Chain, words: Words): string {
  const undone = facts.of === null ? undefined : chain.get(facts.of);
  const kind = facts.action ?? undone?.kind ?? '';
  const name = words.steps[kind] ?? kind;
  if (!undone || undone.kind === 'undone' || undone.kind === 'redone') return name;
  const told = sentence(undone, chain, words).replace(/\.$/, '');
  return `${name} — ${told}`;
}

/** One sentence. */
export function sentence(entry: LogEntry, chain: Chain, words: Words): string {
  const { facts } = entry;
  const say = (words.say as Record<string, ((told: Told) => string) | undefined>)[entry.kind];
  if (!say) return words.entries.unknown(entry.kind);
  const when = facts.captured_at
    ? format.moment(facts.captured_at, (facts.precision ?? 'second') as Precision, words)
    : '';
  const text = say({
    ...facts,
    files: facts.files.map(written),
    name: format.visible(facts.name ?? ''),
    label: format.visible(facts.label ?? ''),
    lines: facts.lines.map(format.phone),
    groups: facts.groups.map((group) => format.visible(format.phone(group))),
    whichCalls: calls(facts, entry.local, words),
    whichMessage: facts.message ? `${format.party(facts.message, words)}, ${facts.message.when}` : '',
    whichFiles: facts.files.map((one) => file(one, words)).join(', '),
    whichHeld: facts.held.map((one) => file(one, words)).join(', '),
    when,
    step: step(facts, chain, words),
  });
  // Names and labels stand as they are: only what the program itself names by a number is written as numbers are.
  return facts.known || entry.details !== null ? text : `${text} ${words.entries.absent}`;
}

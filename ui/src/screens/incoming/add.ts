// Adds what was looked at, and says in one sentence what came of all of it.

import { host, type FileChoice, type ImportAnswer, type PendingFile, type SourceAnswer } from '$lib/api';
import { callList } from '$lib/callList.svelte';
import { desk } from '$lib/desk.svelte';
import { exhibits as store } from '$lib/exhibits.svelte';
import { job } from '$lib/job.svelte';
import { notices } from '$lib/notices.svelte';
import type { Words } from '$lib/words/ru';

/** What is to be added. It is settled before the first step: the screen that asked may be gone after it. */
export type Wanted = {
  files: PendingFile[];
  /** What the person says of each of them. */
  said: FileChoice[];
  preview: ImportAnswer | null;
  exhibits: PendingFile[];
  /** Calls that the exhibits are linked to. */
  calls: number[];
  /** What is not added and goes with the rest. */
  left: PendingFile[];
};

/** What came of it. */
export type Added = { sources: SourceAnswer[]; exhibits: number | null; linked: boolean };

export async function add(wanted: Wanted): Promise<void> {
  const added: Added = { sources: [], exhibits: null, linked: wanted.calls.length > 0 };
  try {
    if (wanted.files.length > 0) added.sources = await addSources(wanted);
    if (wanted.exhibits.length > 0) added.exhibits = await addExhibits(wanted);
    leave(wanted.left);
  } finally {
    // What was added is said also where a later step failed.
    if (added.sources.length > 0 || added.exhibits !== null) notices.say((words) => told(added, words));
  }
}

/** What came meanwhile stays. */
function leave(files: PendingFile[]): void {
  const gone = new Set(files.map((file) => file.token));
  desk.incoming = desk.incoming.filter((file) => !gone.has(file.token));
}

async function addSources({ files, said, preview }: Wanted): Promise<SourceAnswer[]> {
  const expected = preview?.sources.map((source) => source.sha256) ?? [];
  const [only, ...others] = preview?.sources ?? [];
  const totals = only && others.length === 0 ? { read: only.rows, store: only.records } : undefined;
  const answer = await job.run('import', (hear) => host.import(said, expected, hear), totals);
  leave(files);
  await desk.changed('event' in answer ? answer : null);
  callList.cameTo = 'event' in answer && desk.narrowed ? desk.narrowing : null;
  desk.screen = 'calls';
  return answer.sources;
}

async function addExhibits({ files, exhibits, calls }: Wanted): Promise<number> {
  const tokens = exhibits.map((file) => file.token);
  const answer = await job.run('attach', (hear) => host.attach(tokens, calls, hear));
  leave(exhibits);
  await desk.changed('event' in answer ? answer : null);
  if (calls.length === 0 && files.length === 0) desk.screen = 'exhibits';
  if (calls.length === 0 && answer.exhibits.some((exhibit) => exhibit.matches.some((match) => !match.confirmed))) store.view = 'tray';
  return answer.exhibits.filter((exhibit) => !exhibit.already_attached).length;
}

/** «Добавлено: 12 новых звонков, 3 звонка подтверждены вторым источником, 2 доказательства.» */
export function told(added: Added, words: Words): string {
  const fresh = added.sources.filter((source) => !source.already_imported);
  const sum = (count: (source: SourceAnswer) => number) => fresh.reduce((all, source) => all + count(source), 0);
  const [calls, confirmed] = [sum((source) => source.new_calls), sum((source) => source.corroborating)];
  const parts: string[] = [];
  if (fresh.length > 0) parts.push(calls > 0 ? words.incoming.newCalls(calls) : words.incoming.noNewCalls);
  if (confirmed > 0) parts.push(words.incoming.confirmed(confirmed));
  if (added.exhibits) parts.push(words.count.exhibits(added.exhibits));
  if (parts.length > 0) return words.incoming.added(parts);
  return added.linked ? words.incoming.linkedAgain : words.incoming.attachedAgain;
}

// The look into the files that are to be read: what the person says of each, and what was found in it.

import { host, isFailure, type Failure, type FileChoice, type ImportAnswer, type ImportChoice, type Mapping, type PendingFile, type SourceAnswer } from '$lib/api';
import { job } from '$lib/job.svelte';
import { notices } from '$lib/notices.svelte';

/** What a file itself is to blame for; anything else concerns the look as a whole. */
const ELSEWHERE = ['cancelled', 'recipe_ambiguous'];
/** What setting the columns by hand can mend. */
const MENDABLE = ['recipe_unknown', 'recipe_unfit', 'no_rows', 'recipe_broken'];

/** What is no call log for the program and can be kept in the case all the same. */
const KEEPABLE = [...MENDABLE, 'format_unknown', 'file_truncated', 'file_damaged', 'file_too_large', 'xml_entities'];
/** What somebody would have to describe first. */
const UNKNOWN = [...MENDABLE, 'format_unknown'];

export class SourceLook {
  /** What the person says of each file, by its token. */
  choices = $state.raw<ReadonlyMap<number, ImportChoice>>(new Map());
  /** Files that cannot be read, and why; the others are looked at without them. */
  verdicts = $state.raw<ReadonlyMap<number, Failure>>(new Map());
  /** Layouts that fit a file of which several do. */
  candidates = $state.raw<ReadonlyMap<number, string[]>>(new Map());
  /** Columns as they were set last, by token: to begin from when they are looked at again. */
  mappings = $state.raw<ReadonlyMap<number, Mapping>>(new Map());
  preview = $state.raw<ImportAnswer | null>(null);
  refused = $state.raw<unknown>(null);

  choice = (token: number): ImportChoice => this.choices.get(token) ?? {};

  ask = (files: PendingFile[]): FileChoice[] => files.map(({ token }) => ({ token, choice: this.choice(token) }));

  /** What was found in a file, in the order in which the files were asked for. */
  found(files: PendingFile[], token: number): SourceAnswer | null {
    return this.preview?.sources[files.findIndex((file) => file.token === token)] ?? null;
  }

  /** What the person says of files that are not read, by token: whether they are kept as documents. */
  #said = $state.raw<ReadonlyMap<number, boolean>>(new Map());
  /** Whether such a file is kept where the person says nothing: only where exhibits were brought, not a log. */
  readonly #asExhibits: boolean;

  constructor(asExhibits: boolean) {
    this.#asExhibits = asExhibits;
  }

  /** Whether a file that is not read can be attached as it is. */
  keepable = (token: number): boolean => KEEPABLE.includes(this.verdicts.get(token)?.code ?? '');

  /** Whether a file that is not read is attached as a document. */
  kept = (token: number): boolean => this.keepable(token) && (this.#said.get(token) ?? this.#asExhibits);

  keep(token: number, wanted: boolean): void {
    this.#said = new Map([...this.#said, [token, wanted]]);
  }

  mendable = (token: number): boolean => MENDABLE.includes(this.verdicts.get(token)?.code ?? '');

  unknown = (token: number): boolean => UNKNOWN.includes(this.verdicts.get(token)?.code ?? '');

  /** Says something of a file; it is looked at again, whatever was wrong with it. */
  say(token: number, choice: ImportChoice): void {
    this.choices = new Map([...this.choices, [token, choice]]);
    this.verdicts = new Map([...this.verdicts].filter(([known]) => known !== token));
  }

  /** Columns that the person has set, saved under a name or not. */
  map(token: number, mapping: Mapping, recipe: string | null): void {
    this.mappings = new Map([...this.mappings, [token, mapping]]);
    this.candidates = new Map([...this.candidates].filter(([known]) => known !== token));
    this.say(token, recipe === null ? { mapping } : { recipe, line: mapping.line });
  }

  again = (): void => {
    this.verdicts = new Map();
    this.choices = new Map(this.choices);
  };

  async look(files: PendingFile[], said: FileChoice[], wanted: () => boolean): Promise<void> {
    try {
      const answer = await job.run('preview', async (hear) => (wanted() ? host.previewImport(said, hear) : null));
      if (wanted()) this.preview = answer;
    } catch (thrown) {
      if (wanted()) this.#refuse(files, thrown);
    }
  }

  #refuse(files: PendingFile[], thrown: unknown): void {
    const failure = isFailure(thrown) ? thrown : null;
    const guilty = files.filter((file) => file.name === failure?.detail.file);
    const [only] = guilty;
    if (failure?.code === 'cancelled') notices.fail(thrown);
    if (failure?.code === 'recipe_ambiguous') {
      const names = JSON.parse(failure.detail.candidates ?? '[]') as string[];
      this.candidates = new Map([...this.candidates, ...guilty.map(({ token }) => [token, names] as const)]);
    }
    if (failure && only && guilty.length === 1 && !ELSEWHERE.includes(failure.code)) {
      this.verdicts = new Map([...this.verdicts, [only.token, failure]]);
    } else this.refused = thrown;
  }
}

// What the window shows: the open case, the screen, the selected call, the files on their way in.

import { host, isFailure, type CallView, type Edited, type Overview, type PassedOver, type PendingFile } from '$lib/api';
import { tick } from 'svelte';
import { bundleChoice } from './bundleChoice.svelte';
import { callList, type Narrowing } from './callList.svelte';
import { comparison } from './comparison.svelte';
import { exhibits } from './exhibits.svelte';
import { groups } from './groups.svelte';
import { job, type JobName } from './job.svelte';
import { notices } from './notices.svelte';

export const SCREENS = ['overview', 'calls', 'groups', 'exhibits', 'bundle', 'log'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** A file that cannot be a case under a password is none: there is nothing to ask for. */
function asksForPassword(thrown: unknown): boolean {
  return isFailure(thrown) && thrown.code === 'password_or_not_a_case' && thrown.detail.keyed !== 'false';
}

class Desk {
  overview = $state.raw<Overview | null>(null);
  screen = $state<ScreenName>('calls');
  /** Grows with every change of the case: screens read again. */
  revision = $state(0);
  /** The call that the inspector shows. */
  call = $state.raw<CallView | null>(null);
  /** The group that the list of calls is narrowed to. */
  group = $state<number | null>(null);
  /** Files on their way in; the screen that shows them stands over the others. */
  incoming = $state.raw<PendingFile[]>([]);
  /** What of dropped folders does not come in, and why. */
  passedOver = $state.raw<PassedOver[]>([]);
  /** The exhibit that is looked at. */
  exhibit = $state<number | null>(null);
  /** Where the look at an exhibit began, and where it leads back to. */
  #looksFrom: ScreenName = 'exhibits';
  /** The calls that these files are to be linked to, where several were marked. */
  linkTo = $state.raw<number[]>([]);
  /** A bundle that was dropped, to be verified. */
  bundle = $state.raw<PendingFile | null>(null);
  /** A case that asks for its password. */
  locked = $state.raw<PendingFile | null>(null);

  /** Whether the open case can be changed just now. */
  get editable(): boolean {
    return this.overview?.writable === true && !job.holds;
  }

  /** Whether the list leaves any call out. */
  get narrowed(): boolean {
    return callList.narrowed || this.group !== null;
  }

  /** The call that stands open in the panel; none where another screen hides the panel. */
  get openCall(): CallView | null {
    return this.screen === 'calls' && !callList.picture ? this.call : null;
  }

  /** What the list is narrowed to, to be told from another narrowing. */
  get narrowing(): string {
    return JSON.stringify([callList.text.trim(), callList.narrowing, this.group]);
  }

  /** Does something and shows what went wrong; answers whether it went well. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      notices.fail(thrown);
      return false;
    }
  }

  /** Opens a case that was chosen, in a window of its own where one is open here; asks for a password where one is
   * needed. */
  async open(file: PendingFile): Promise<void> {
    if (this.overview) return void (await this.attempt(() => host.openWindow(file.token)));
    if (job.holds) return notices.say((words) => words.frame.busy);
    await this.attempt(async () => {
      try {
        this.#shown(await job.run('open', () => host.openCase(file.token, null)));
      } catch (thrown) {
        if (!asksForPassword(thrown)) throw thrown;
        this.locked = file;
      }
    });
  }

  /** Opens the case that asks for its password; what went wrong is for the one who asked. */
  async unlock(password: string): Promise<void> {
    if (this.locked) {
      const { token } = this.locked;
      this.#shown(await job.run('open', () => host.openCase(token, password)));
    }
  }

  /** A case that another window has open has come forward there. */
  #shown(overview: Overview | null): void {
    this.locked = null;
    if (overview) this.show(overview);
    else notices.say((words) => words.frame.elsewhere);
  }

  /** Sets, changes or removes the password of the open case. */
  async changePassword(from: string | null, to: string | null): Promise<void> {
    await job.run('password', () => host.changePassword(from, to));
    await this.changed(null);
  }

  async openSample(): Promise<void> {
    await this.attempt(async () => this.#shown(await job.run('sample', (hear) => host.openSample(hear))));
  }

  /** Shows a case that was just opened. */
  show(overview: Overview): void {
    notices.clear();
    this.#clear();
    this.overview = overview;
    this.screen = 'calls';
    this.revision += 1;
  }

  async close(): Promise<void> {
    notices.clear();
    const failed = await host.closeCase().then(() => null, (thrown: unknown) => ({ thrown }));
    this.#clear();
    this.incoming = [];
    await tick();
    if (failed) notices.fail(failed.thrown);
  }

  /** Reads again what the case holds, after an edit. */
  async changed(_: Edited | null): Promise<void> {
    this.overview = await host.overview();
    this.revision += 1;
  }

  /** Changes the case and reads it again. */
  edit(work: () => Promise<Edited>): Promise<Edited> {
    return job.run('edit', async () => {
      const edited = await work();
      await this.changed(edited);
      return edited;
    });
  }

  async undo(): Promise<void> {
    if (!this.overview?.undo || !this.editable) return;
    notices.clear();
    await this.attempt(() => this.edit(() => host.undo()));
  }

  async redo(): Promise<void> {
    if (!this.overview?.redo || !this.editable) return;
    notices.clear();
    await this.attempt(() => this.edit(() => host.redo()));
  }

  /** Takes in files that were chosen or dropped: a case opens, a bundle is verified, the rest is looked at first. */
  receive(files: PendingFile[], passedOver: PassedOver[] = []): void {
    this.passedOver = [...(this.incoming.length > 0 ? this.passedOver : []), ...passedOver];
    const [nothing] = passedOver;
    if (files.length === 0 && nothing) notices.say((words) => words.exhibits.passedOnly(passedOver.at(-1)?.name ?? nothing.name));
    const known = new Set(this.incoming.map((file) => file.token));
    const fresh = files.filter((file) => !known.has(file.token));
    const found = fresh.find((file) => file.purpose === 'case');
    if (found) void this.open(found);
    const bundle = fresh.find((file) => file.purpose === 'bundle');
    if (bundle) this.bundle = bundle;
    if (bundle && this.overview) this.screen = 'bundle';
    this.incoming = [...this.incoming, ...fresh.filter((f) => f.purpose !== 'case' && f.purpose !== 'bundle')];
  }

  async choose(): Promise<void> {
    await this.attempt(async () => this.receive(await host.chooseFiles()));
  }

  /** Takes in every file of a folder. */
  async chooseFolder(): Promise<void> {
    await this.attempt(async () => {
      const { files, passed_over } = await host.chooseFolder();
      this.receive(files, passed_over);
    });
  }

  /** Long work with its progress in the status bar. */
  long<T>(name: JobName, work: Parameters<typeof job.run<T>>[1]): Promise<T> {
    return job.run(name, work);
  }

  /** Goes to a screen; files on their way in are put aside. */
  go(screen: ScreenName): void {
    notices.clear();
    this.incoming = [];
    this.exhibit = null;
    this.screen = screen;
  }

  /** Looks at an exhibit; the look leads back to where it began. */
  showExhibit(id: number): void {
    if (this.exhibit === null) this.#looksFrom = this.screen;
    this.exhibit = id;
    this.screen = 'exhibits';
  }

  leaveExhibit(): void {
    this.exhibit = null;
    this.screen = this.#looksFrom;
  }

  /** Shows a call, whatever the list was narrowed to. */
  async showCall(id: number): Promise<void> {
    await this.attempt(async () => {
      const { call } = await host.callDetail(id);
      callList.widen();
      this.group = null;
      this.call = call;
      // The list is asked once more where this call stands in it: the way from call to call begins there.
      callList.asked = '';
      this.go('calls');
    });
  }

  /** Shows the calls of a group, or those that one of its reasons speaks for. */
  showGroup(group: number | null, reason: number | null = null): void {
    callList.widen();
    callList.narrow({ reason });
    callList.picture = false;
    this.group = group;
    this.call = null;
    this.screen = 'calls';
  }

  /** Shows the calls that a list narrowed in this way holds, and no others. */
  showOnly(narrowing: Narrowing): void {
    callList.widen();
    callList.narrow(narrowing);
    callList.picture = false;
    this.group = null;
    this.call = null;
    this.go('calls');
  }

  #clear(): void {
    groups.forget();
    comparison.forget();
    callList.forget();
    bundleChoice.forget();
    this.overview = null;
    this.call = null;
    this.group = null;
    this.bundle = null;
    this.locked = null;
    this.exhibit = null;
    exhibits.forget();
  }
}

export const desk = new Desk();

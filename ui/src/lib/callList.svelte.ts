// The list of calls as the person left it: what it is narrowed to, its order, where it is scrolled to, what is marked.
// It outlives the screen that shows it.

import type { CallFilter, CallOrder } from '$lib/api';
import type { Pages } from './pages.svelte';
import type { Ranges } from './marks';

/** What a list is narrowed to beside the text and the group. */
export type Narrowing = Partial<Omit<CallFilter, 'text' | 'group' | 'order'>>;

const NEWEST: CallOrder = { by: 'time', descending: true };

class CallList {
  text = $state('');
  narrowing = $state.raw<Narrowing>({});
  order = $state.raw<CallOrder>(NEWEST);
  pages = $state.raw<Pages | null>(null);
  /** What was asked for when the pages were found. */
  asked = $state('');
  marks = $state.raw<Ranges>([]);
  /** Distance from the first row to the upper edge of the pane. */
  top = $state(0);
  cursor = $state(0);
  /** What the list was narrowed to when calls came last: not all of them may be seen in it. */
  cameTo = $state<string | null>(null);
  /** A call that was just written down and that the list, narrowed to this, does not show. */
  unseen = $state.raw<{ call: number; narrowing: string } | null>(null);
  /** Whether the picture stands in place of the list. */
  picture = $state(false);

  /** Whether anything is left out. */
  get narrowed(): boolean {
    return this.text.trim() !== '' || Object.keys(this.narrowing).length > 0;
  }

  narrow(next: Narrowing): void {
    const known = Object.entries({ ...this.narrowing, ...next }).filter(([, value]) => value !== null && value !== undefined);
    this.narrowing = Object.fromEntries(known) as Narrowing;
  }

  widen(): void {
    this.text = '';
    this.narrowing = {};
  }

  /** By another column, or the other way round. Times begin with the newest, all else with the first or fewest. */
  sort(by: NonNullable<CallOrder['by']>): void {
    const again = this.order.by === by;
    this.order = { by, descending: again ? !this.order.descending : by === 'time' || by === 'witnesses' || by === 'duration' };
  }

  forget(): void {
    Object.assign(this, { text: '', narrowing: {}, order: NEWEST, pages: null, asked: '', marks: [], top: 0, cursor: 0, picture: false, cameTo: null, unseen: null });
  }
}

export const callList = new CallList();

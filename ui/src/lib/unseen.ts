// A call that was just written down, and the list that may not show it.

import { host } from '$lib/api';
import { callList } from './callList.svelte';
import { desk } from './desk.svelte';

const DAY_MS = 86_400_000;
/** Calls around one day that are looked through. */
const MOST = 200;

const later = (day: string, by: number) => new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);

/** Where the list is narrowed and does not show a call, says so beside it. `day` is that of the call by some clock. */
export async function tellUnseen(call: number, day: string): Promise<void> {
  callList.unseen = null;
  if (!desk.narrowed) return;
  const narrowing = desk.narrowing;
  const { from, to, ...others } = callList.narrowing;
  const [begin, end] = [later(day, -1), later(day, 1)];
  const filter = {
    ...others,
    text: callList.text.trim() || null,
    group: desk.group,
    from: from && from > begin ? from : begin,
    to: to && to < end ? to : end,
  };
  await desk.attempt(async () => {
    const seen = filter.from <= filter.to ? await host.searchCalls(filter, MOST) : [];
    if (!seen.some((one) => one.id === call)) callList.unseen = { call, narrowing };
  });
}

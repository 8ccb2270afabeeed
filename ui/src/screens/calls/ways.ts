// Which way a call went, as the sign in its row tells it.

import type { CallView } from '$lib/api';

export type Way = 'hand' | 'outgoing' | 'unknown' | 'incoming' | 'missed';

/** Whether nobody but the person says so. */
export const byHand = (call: Pick<CallView, 'kinds'>) => call.kinds.every((kind) => kind === 'hand');

export function way(call: Pick<CallView, 'kinds' | 'direction' | 'disposition'>): Way {
  if (byHand(call)) return 'hand';
  if (call.direction !== 'incoming') return call.direction;
  return call.disposition === 'answered' || call.disposition === 'unknown' ? 'incoming' : 'missed';
}

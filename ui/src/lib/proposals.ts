// What the person says of a proposed call: that an exhibit is not about it, and that it may be proposed again.

import { host, type ExhibitView } from './api';
import { desk } from './desk.svelte';
import { notices } from './notices.svelte';

/** «Not this call»; whether it is done. What went wrong is shown. */
export async function refuse(exhibit: ExhibitView, call: number): Promise<boolean> {
  const done = await desk.attempt(() => desk.edit(() => host.refuseProposal({ exhibit: exhibit.id, call })));
  if (done) notices.say((w) => w.exhibits.refusedOne(exhibit.no));
  return done;
}

/** All that were refused are proposed again; whether it is done. What went wrong is shown. */
export function putBack(exhibit: ExhibitView): Promise<boolean> {
  const links = exhibit.refused.map((call) => ({ exhibit: exhibit.id, call }));
  return desk.attempt(() => desk.edit(() => host.putBackProposals(links)));
}

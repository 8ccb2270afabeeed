import { render } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { giveLayout, makeHost } from '../test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: () => false,
}));

import Specimens from './Specimens.svelte';
import { SPECIMENS } from './states';

beforeEach(() => {
  giveLayout();
  host.now = { ...makeHost(), sound: vi.fn(async () => new ArrayBuffer(0)) } as unknown as ReturnType<typeof makeHost>;
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

it('has every component on it, each in at least one state', () => {
  const files = Object.keys(import.meta.glob('../lib/components/*.svelte'));
  const names = files.map((path) => path.replace(/^.*\/(\w+)\.svelte$/, '$1')).sort();
  expect(Object.keys(SPECIMENS).sort()).toEqual(names);
});

it.each(Object.keys(SPECIMENS))('draws %s in every state', (name) => {
  const { container } = render(Specimens, { only: name });
  const drawn = [...container.querySelectorAll<HTMLElement>('figure[data-state]')];
  expect(drawn.length).toBe(SPECIMENS[name]?.states.length);
  for (const one of drawn) expect(one.querySelectorAll('*').length, one.dataset.state).toBeGreaterThan(1);
});

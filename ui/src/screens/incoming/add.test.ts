import { describe, expect, it, vi } from 'vitest';
import { source } from '../../test/host';

vi.mock('$lib/api', () => ({ host: {}, isFailure: () => false }));

import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';
import { told, type Added } from './add';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const of = (new_calls: number, corroborating: number) => ({ ...source, new_calls, corroborating });
const say = (added: Partial<Added>, words = ru) => plain(told({ sources: [], exhibits: null, linked: false, ...added }, words));

describe('what came of adding', () => {
  it('is told whole: new calls, calls that a second source confirms, exhibits', () => {
    const added = { sources: [of(10, 1), of(2, 2)], exhibits: 2 };
    expect(say(added)).toBe('Добавлено: 12 новых звонков, 3 звонка подтверждены вторым источником, 2 доказательства.');
    expect(say(added, en)).toBe('Added: 12 new calls, 3 calls confirmed by a second source, 2 exhibits.');
    expect(say({ sources: [of(1, 0)] })).toBe('Добавлено: 1 новый звонок.');
    expect(say({ exhibits: 1 })).toBe('Добавлено: 1 доказательство.');
  });

  it('says where a source brought no new calls, and where everything was there before', () => {
    expect(say({ sources: [of(0, 5)] })).toBe('Добавлено: новых звонков нет, 5 звонков подтверждено вторым источником.');
    const held = [{ ...source, already_imported: true }];
    expect(say({ sources: held, exhibits: 0 })).toBe(plain(ru.incoming.attachedAgain));
    expect(say({ sources: held, exhibits: 1 })).toBe('Добавлено: 1 доказательство.');
    expect(say({ exhibits: 0, linked: true })).toBe(plain(ru.incoming.linkedAgain));
  });
});

// What a person types of a call that has just come, into the form in which it is handed on.

import type { Precision } from '$lib/api';
import { dotted, inDay } from './clock';

export type When = { at: string; precision: Precision };

const two = (n: number) => String(n).padStart(2, '0');

/** The computer's clock as the dialog is filled in: the day, and the time to the minute. */
export function nowTyped(now: Date): { date: string; time: string } {
  const date = `${two(now.getDate())}.${two(now.getMonth() + 1)}.${now.getFullYear()}`;
  return { date, time: `${two(now.getHours())}:${two(now.getMinutes())}` };
}

/** `28.11.2026` and `14:05:30`, `14:05`, `14` or nothing: the moment, as precise as it was typed; `null` for none. */
export function readWhen(date: string, time: string): When | null {
  const day = dotted(date);
  const clock = /^(?:(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?)?$/.exec(time.trim().replace(/\s*ч\.?$/, ''));
  if (!day || !clock) return null;
  const [, hour, minute, second] = clock;
  if (!inDay(hour, minute, second)) return null;
  const precision = second ? 'second' : minute ? 'minute' : hour ? 'hour' : 'day';
  return { at: `${day}T${two(Number(hour ?? 0))}:${minute ?? '00'}:${second ?? '00'}`, precision };
}

/** `1:35`, `1:02:07`, or seconds; `undefined` for what is no length, `null` for nothing. */
export function readLength(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const parts = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})$/.exec(typed);
  if (!parts) return undefined;
  const [hours, minutes, seconds] = [Number(parts[1] ?? 0), Number(parts[2] ?? 0), Number(parts[3])];
  if (parts[2] !== undefined && (seconds > 59 || (parts[1] !== undefined && minutes > 59))) return undefined;
  return hours * 3600 + minutes * 60 + seconds;
}

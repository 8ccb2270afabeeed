// The date and time that a person types off a clock, into the form in which it is handed on.

/** `2025-04-23`, where the calendar has such a day. A year of fewer than four figures is a slip. */
export function ofCalendar(year = '', month = '', date = ''): string | null {
  if (Number(year) < 1000) return null;
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  const there = exists.getUTCMonth() === Number(month) - 1 && exists.getUTCDate() === Number(date);
  return there ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : null;
}

/** `23.04.2025` or `23/4/2025` as `2025-04-23`; `null` for what is no day. */
export function dotted(text: string): string | null {
  const typed = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text.trim());
  return typed && ofCalendar(typed[3], typed[2], typed[1]);
}

/** Whether a clock shows such a time; what was not typed is none. */
export function inDay(hour = '0', minute = '0', second = '0'): boolean {
  return Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
}

/** `23.04.2025 11:19`, with seconds or an offset where known, or `2025-04-23 11:19`; `null` for what is no time. */
export function readClock(text: string): string | null {
  const time = /^(.*?)[ ,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!time) return null;
  const [, typed = '', hour = '', minute = '', second, offset = ''] = time;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim());
  const day = iso ? ofCalendar(iso[1], iso[2], iso[3]) : dotted(typed);
  if (!day || !inDay(hour, minute, second)) return null;
  const clock = [hour.padStart(2, '0'), minute, ...(second ? [second] : [])];
  const zone = offset && !offset.includes(':') ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  return `${day} ${clock.join(':')}${zone}`;
}

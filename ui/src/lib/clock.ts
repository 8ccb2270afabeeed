// The date and time that a person types off a clock, into the form in which it is handed on.

/** `23.04.2025 11:19`, with seconds or an offset where known, or `2025-04-23 11:19`; `null` for what is no time. */
export function readClock(text: string): string | null {
  const time = /^(.*?)[ ,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!time) return null;
  const [, day = '', hour = '', minute = '', second, offset = ''] = time;
  const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(day.trim());
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day.trim());
  const parts = dotted ? [dotted[3], dotted[2], dotted[1]] : iso ? iso.slice(1) : null;
  if (!parts) return null;
  const [year = '', month = '', date = ''] = parts.map((part) => (part ?? '').padStart(2, '0'));
  const clock = [hour.padStart(2, '0'), minute, ...(second ? [second] : [])];
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  const there = exists.getUTCMonth() === Number(month) - 1 && exists.getUTCDate() === Number(date);
  if (!there || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const zone = offset && !offset.includes(':') ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  return `${year}-${month}-${date} ${clock.join(':')}${zone}`;
}

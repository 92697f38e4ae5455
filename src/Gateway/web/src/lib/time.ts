/** Readable times of one IANA zone. A zone that the browser does not know falls back to UTC and says so. */
export interface CityClock {
  readonly zone: string;
  /** Tue 14 Jul 2026 */
  date(ms: number): string;
  /** Tue 14 */
  shortDate(ms: number): string;
  /** 18:40 */
  time(ms: number): string;
  /** 18:40:07 */
  timeWithSeconds(ms: number): string;
  /** GMT+8 */
  offset(ms: number): string;
  /** 2026-07-14: the calendar day, comparable. */
  day(ms: number): string;
}

const clocks = new Map<string, CityClock>();

export function cityClock(timeZone: string): CityClock {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = build(isZone(timeZone) ? timeZone : 'UTC');
    clocks.set(timeZone, clock);
  }
  return clock;
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone });
    return timeZone !== '';
  } catch {
    return false;
  }
}

function build(zone: string): CityClock {
  const of = (options: Intl.DateTimeFormatOptions, locale = 'en-GB') =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
  const date = of({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const shortDate = of({ weekday: 'short', day: 'numeric' });
  const time = of({ hour: '2-digit', minute: '2-digit' });
  const timeWithSeconds = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const offset = of({ timeZoneName: 'shortOffset' });
  const day = of({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
  return {
    zone,
    date: (ms) => date.format(ms).replace(',', ''),
    shortDate: (ms) => shortDate.format(ms).replace(',', ''),
    time: (ms) => time.format(ms),
    timeWithSeconds: (ms) => timeWithSeconds.format(ms),
    offset: (ms) => offset.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? zone,
    day: (ms) => day.format(ms),
  };
}

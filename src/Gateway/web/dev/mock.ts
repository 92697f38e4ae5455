/**
 * A made-up summer day of Shenzhen for looking at the page: `npm run dev`, then /?mock. Not part of a build. Query parameters:
 * at (minutes of the day), mode, speed (intervals a second), status, vehicles, link, state, letters (open the panel), bare.
 */
import type { CityAnswer, CityFrame, DeadLettersAnswer, LoadCurves } from '../src/lib/contract';
import type { City, Link } from '../src/lib/city.svelte';

const perDay = 144;
const slotMs = 600_000;
const midnight = Date.parse('2026-07-14T00:00:00+08:00');
const hourly = [
  0.952, 0.909, 0.873, 0.845, 0.808, 0.791, 0.783, 0.797, 0.894, 1.062, 1.114, 1.148, 1.069, 1.048, 1.145, 1.166, 1.165, 1.151,
  1.046, 1.049, 1.06, 1.056, 1.046, 1.022,
];

function shape(slot: number): number {
  const hour = (((slot % perDay) + perDay) % perDay) / 6;
  const a = hourly[Math.floor(hour) % 24] as number;
  const b = hourly[(Math.floor(hour) + 1) % 24] as number;
  return a + (b - a) * (hour % 1) + 0.002 * Math.sin(slot * 1.7) + 0.0015 * Math.sin(slot * 0.61);
}

const bump = (hour: number, centre: number, width: number) => {
  const d = ((((hour - centre) % 24) + 36) % 24) - 12;
  return Math.exp(-(d * d) / (2 * width * width));
};

/** kW at the slot, counted from the day's midnight; fleet in units of 480,000 vehicles. */
export function point(slot: number, fleet: number): { original: number; chargeOnly: number; after: number } {
  const hour = slot / 6;
  const original = 16_500_000 * fleet * (1 + 0.92 * (shape(slot) - 1));
  const unmanaged = fleet * (375_000 * bump(hour, 0.3, 1.7) + 120_000 * bump(hour, 20, 2.6) + 45_000 * bump(hour, 9.5, 1.2) + 30_000);
  const managed =
    fleet *
    (390_000 * bump(hour, 5.8, 1.9) + 130_000 * bump(hour, 2.5, 1.6) - 330_000 * bump(hour, 15.8, 1.5) - 190_000 * bump(hour, 11, 0.8));
  return { original, chargeOnly: original + unmanaged, after: original + managed };
}

function curves(fromSlot: number, count: number, fleet: number): LoadCurves {
  const points = Array.from({ length: count }, (_, i) => point(fromSlot + i, fleet));
  return {
    startAt: new Date(midnight + fromSlot * slotMs).toISOString(),
    slotMinutes: 10,
    originalKw: points.map((p) => p.original),
    chargeOnlyKw: points.map((p) => p.chargeOnly),
    afterKw: points.map((p) => p.after),
  };
}

function pvdr(fleet: number, pick: (p: ReturnType<typeof point>) => number) {
  const day = Array.from({ length: perDay }, (_, slot) => pick(point(slot, fleet)));
  const peak = Math.max(...day);
  const valley = Math.min(...day);
  return { overValley: (peak - valley) / valley, overPeak: (peak - valley) / peak };
}

export interface MockChoice {
  vehicles: number;
  mode: string;
  status: string;
  state: string;
}

export function frame(slot: number, choice: MockChoice): CityFrame {
  const fleet = choice.vehicles / 480_000;
  const n = (x: number) => Math.round(x * choice.vehicles);
  const load = point(slot - 1, fleet);
  const at = new Date(midnight + slot * slotMs).toISOString();
  const drawn = load.after - load.original;
  const letters = { 'time-backward': 812, 'unplug-without-plug': 391, 'state-of-charge-range': 77, undecodable: 4 };
  const qualities =
    choice.mode === 'simulated'
      ? { substituted: choice.vehicles }
      : { good: n(0.914), substituted: n(0.061), stale: n(0.0246), invalid: n(0.0004) };
  return {
    schema: 1,
    at,
    mode: choice.mode,
    city: 'Shenzhen',
    timeZone: 'Asia/Shanghai',
    speed: choice.mode === 'live' ? 1 : 600,
    state: choice.state,
    load: { originalKw: load.original, chargeOnlyKw: load.chargeOnly, afterKw: load.after },
    horizon: curves(slot, perDay, fleet),
    counts: {
      at,
      registered: choice.vehicles,
      plugged: n(0.6134 + 0.1 * Math.cos((slot / perDay) * 6.283)),
      available: n(0.5217),
      charging: drawn > 0 ? n(0.0871) : n(0.0102),
      discharging: drawn > 0 ? n(0.0011) : n(0.0934),
      departures: n(2.59) + slot * 311,
      departuresUnderPromise: choice.status === 'solved' ? 0 : 17,
      eventsAccepted: 14_802_551 + slot * 41_377,
      eventsDuplicate: 2_204 + slot,
      eventsDeadLettered: 1284,
      deadLettersByReason: letters,
      vehiclesByQuality: qualities,
      places: { home: n(0.58), work: n(0.24), other: n(0.11), driving: n(0.06), unknown: n(0.01) },
      flexibility: { chargeKw: n(0.5) * 3.4, dischargeKw: n(0.5) * 5.9, storedKwh: n(0.5) * 44, roomKwh: n(0.5) * 13 },
      trouble: null,
      holdings: Array.from({ length: 16 }, (_, shard) => ({ shard, holder: shard < 9 ? '10.0.0.4:5082' : '10.0.0.7:5082', writerEpoch: 2, at: null, registered: 30_000 })),
    },
    pvdr: {
      original: pvdr(fleet, (p) => p.original),
      chargeOnly: pvdr(fleet, (p) => p.chargeOnly),
      after: pvdr(fleet, (p) => p.after),
      realizedSlots: slot % perDay,
      plannedSlots: perDay - (slot % perDay),
    },
    plan: {
      id: '2026-07-14T18:40-3f9a',
      at,
      status: choice.status,
      cause: choice.status === 'solved' ? '' : '17 vehicles cannot reach the energy they asked for; lowered to the reachable',
      gap: 0.0000297,
      objectiveKw: 1_284_530.112 * fleet,
      boundKw: 1_284_491.957 * fleet,
      seconds: 6.4183,
      ageSeconds: 4.2,
      vehicles: n(0.5217),
      setpointsChanged: n(0.0312),
      hash: '3f9a1c0f5d2e77b0',
      audit: { checked: Math.min(2000, choice.vehicles), vehicles: n(0.5217), findings: choice.status === 'failed' ? 3 : 0, firstFinding: choice.status === 'failed' ? 'v-000211: stored energy −0.4 kWh at 19:20' : '' },
      promise: { risk: 1e-4, reserveKwh: 14, departures: 0, under: 0, satisfaction: 0 },
    },
    quality: {
      overall: choice.mode === 'simulated' ? 'substituted' : 'stale',
      vehiclesByQuality: qualities,
      loadSource: 'Guangdong summer workday, scaled to a peak of 19,219 MW',
      assumptions: [
        '[S] Peak load 19,219 MW of the summer week',
        '[P] Hourly shape of a Guangdong summer workday, modelled',
        '[G] Weekend level 0.90 of a workday',
        '[G] Noise of the load, 0.5 % of the mean',
        '[S] Charging efficiency 0.9 each way',
      ],
    },
  };
}

export function answer(slot: number, choice: MockChoice): CityAnswer {
  return { frame: frame(slot, choice), history: curves(slot - 7 * perDay, 7 * perDay, choice.vehicles / 480_000) };
}

function letters(at: string): DeadLettersAnswer {
  const reasons = ['time-backward', 'unplug-without-plug', 'state-of-charge-range', 'undecodable'];
  return {
    total: 1284,
    byReason: { 'time-backward': 812, 'unplug-without-plug': 391, 'state-of-charge-range': 77, undecodable: 4 },
    items: Array.from({ length: 30 }, (_, i) => ({
      id: 1284 - i,
      recordedAt: new Date(Date.parse(at) - i * 41_000).toISOString(),
      reason: reasons[(i * i + i) % 4] as string,
      detail: i % 3 === 0 ? 'state of charge 1.7 is outside 0 to 1' : 'occurred 2026-07-14T10:11:00Z, before the newest of 10:14:20Z',
      source: 'feed/aggregator-3',
      reference: `sequence ${88_213 - i}`,
      vehicle: i % 5 === 4 ? null : `v-${String(4711 * (i + 3)).padStart(6, '0')}`,
      payloadBase64: 'CgZ2LTAwNDISBAgBEAE=',
    })),
  };
}

export function start(city: City): void {
  const query = new URLSearchParams(location.search);
  const text = (name: string, otherwise: string) => query.get(name) ?? otherwise;
  const choice: MockChoice = {
    vehicles: Number(text('vehicles', '480000')),
    mode: text('mode', 'simulated'),
    status: text('status', 'solved'),
    state: text('state', 'running'),
  };
  const perSecond = Number(text('speed', '1'));
  let slot = Math.round(Number(text('at', '1120')) / 10);
  const theme = query.get('theme');
  if (theme) document.documentElement.dataset['theme'] = theme;
  city.link = text('link', 'live') as Link;
  if (city.link !== 'live') city.linkSinceMs = Date.now() - 95_000;
  if (query.has('token')) city.needsToken = true;
  if (!query.has('bare')) city.apply(answer(slot, choice));
  window.fetch = (address) =>
    Promise.resolve(
      Response.json(String(address).includes('dead-letters') ? letters(frame(slot, choice).at as string) : answer(slot, choice)),
    );
  if (query.has('letters')) setTimeout(() => document.querySelector<HTMLElement>('[data-testid="dead-letters-open"]')?.click(), 300);
  if (perSecond > 0 && city.link === 'live' && !query.has('bare')) setInterval(() => city.receive(frame(++slot, choice)), 1000 / perSecond);
}

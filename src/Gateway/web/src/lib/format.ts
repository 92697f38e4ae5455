import type { Maybe } from './contract';

/** What stands where a number is not known. */
export const unknown = '–';

const formats = new Map<number, Intl.NumberFormat>();

/** Grouped thousands and a fixed number of decimals; a true minus sign. */
export function number(value: Maybe | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  let format = formats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(decimals, format);
  }
  const text = format.format(value);
  const isZero = !/[1-9]/.test(text);
  return isZero ? text.replace('-', '') : text.replace('-', '−');
}

export interface PowerScale {
  readonly unit: 'kW' | 'MW';
  readonly kwPerUnit: number;
  readonly decimals: number;
}

/** One unit for the whole page, so that numbers compare at a glance: kW under a peak of 10 MW, else MW. */
export function powerScale(peakKw: Maybe): PowerScale {
  if (peakKw === null || !Number.isFinite(peakKw)) return { unit: 'MW', kwPerUnit: 1000, decimals: 1 };
  const peak = Math.abs(peakKw);
  if (peak < 1_000) return { unit: 'kW', kwPerUnit: 1, decimals: 1 };
  if (peak < 10_000) return { unit: 'kW', kwPerUnit: 1, decimals: 0 };
  return { unit: 'MW', kwPerUnit: 1000, decimals: peak < 100_000 ? 2 : 1 };
}

export function power(valueKw: Maybe | undefined, scale: PowerScale): string {
  return number(valueKw === null || valueKw === undefined ? null : valueKw / scale.kwPerUnit, scale.decimals);
}

/** Energy with its unit, three to four digits: "412 kWh", "3.91 MWh", "12.4 GWh". */
export function energy(valueKwh: Maybe | undefined): string {
  if (valueKwh === null || valueKwh === undefined || !Number.isFinite(valueKwh)) return unknown;
  const [unit, kwh] = valueKwh < 1_000 ? ['kWh', 1] : valueKwh < 1_000_000 ? ['MWh', 1_000] : ['GWh', 1_000_000];
  const value = valueKwh / kwh;
  return `${number(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

/** As `power`, with the sign always shown: for differences. */
export function signedPower(valueKw: Maybe | undefined, scale: PowerScale): string {
  const text = power(valueKw, scale);
  return text === unknown || text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** A ratio in per cent with two significant digits and no exponent: 0.00003 gives "0.003". */
export function smallPercent(ratio: Maybe | undefined): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return unknown;
  const percent = ratio * 100;
  if (percent === 0) return '0';
  const size = Math.abs(percent);
  if (size < 1e-7) return percent < 0 ? '> −0.0000001' : '< 0.0000001';
  const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(size))));
  const text = number(percent, decimals);
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** Share of a whole in per cent, one decimal; "< 0.1" rather than a rounded 0. */
export function share(part: number, whole: number): string {
  if (!(whole > 0)) return unknown;
  const percent = (100 * part) / whole;
  if (part > 0 && percent < 0.05) return '< 0.1';
  if (part < whole && percent > 99.95) return '> 99.9';
  return number(percent, 1);
}

/** Seconds with three significant digits. */
export function seconds(value: Maybe | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  const size = Math.abs(value);
  return number(value, size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** Elapsed time in its two largest units: "42 s", "3 min 05 s", "2 h 04 min", "1 d 3 h". */
export function age(value: Maybe | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  const s = Math.max(0, Math.floor(value));
  const two = (n: number) => String(n).padStart(2, '0');
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** City seconds per wall second: "1×", "600×"; "max" where the source runs as fast as it goes. */
export function speed(value: Maybe): string {
  if (value === null) return 'max speed';
  return `${number(value, Number.isInteger(value) ? 0 : 2)}×`;
}

/** "loose-gap" as people read it. */
export function words(name: string): string {
  return name.replaceAll('-', ' ');
}

import { describe, expect, it } from 'vitest';
import { age, energy, number, power, powerScale, seconds, share, signedPower, smallPercent, speed, unknown } from '../src/lib/format';

describe('what is not known', () => {
  it('is a dash everywhere and never a zero', () => {
    const scale = powerScale(null);
    for (const text of [number(null), number(undefined), number(NaN), power(null, scale), energy(undefined), signedPower(undefined, scale), smallPercent(null), seconds(null), age(null), share(0, 0)])
      expect(text).toBe(unknown);
  });
});

it('number groups thousands and never shows a negative zero', () => {
  expect(number(1234567.891, 1)).toBe('1,234,567.9');
  expect(number(-0.04, 1)).toBe('0.0');
  expect(number(-12)).toBe('−12');
});

describe('powerScale', () => {
  it.each([
    [12, 'kW', '12.0'],
    [9_000, 'kW', '9,000'],
    [12_345, 'MW', '12.35'],
    [19_219_000, 'MW', '19,219.0'],
  ])('writes a city with a peak of %d kW in %s', (peakKw, unit, text) => {
    const scale = powerScale(peakKw);
    expect(scale.unit).toBe(unit);
    expect(power(peakKw, scale)).toBe(text);
  });

  it('gives differences their sign', () => {
    const scale = powerScale(19e6);
    expect(signedPower(363_700, scale)).toBe('+363.7');
    expect(signedPower(-363_700, scale)).toBe('−363.7');
    expect(signedPower(1, scale)).toBe('0.0');
  });
});

describe('smallPercent', () => {
  it.each([
    [0.00003, '0.003'],
    [0.0000297, '0.003'],
    [0.0000123, '0.0012'],
    [0.05, '5'],
    [0.0512, '5.1'],
    [1.5, '150'],
    [0, '0'],
    [-0.00002, '−0.002'],
    [1e-12, '< 0.0000001'],
  ])('%d is %s per cent', (ratio, text) => expect(smallPercent(ratio)).toBe(text));
});

it('share never rounds something to nothing nor most to all', () => {
  expect(share(1, 480_000)).toBe('< 0.1');
  expect(share(479_999, 480_000)).toBe('> 99.9');
  expect(share(480_000, 480_000)).toBe('100.0');
  expect(share(0, 480_000)).toBe('0.0');
});

it('age counts in its two largest units', () => {
  expect([0, 59.9, 185, 7440, 97_200].map(age)).toEqual(['0 s', '59 s', '3 min 05 s', '2 h 04 min', '1 d 3 h']);
});

it('seconds keep three digits', () => {
  expect([0.0421, 6.4183, 42.35, 130].map(seconds)).toEqual(['0.042', '6.42', '42.4', '130']);
});

it('speed of a source without a clock is said, not numbered', () => {
  expect([null, 1, 600, 0.5].map(speed)).toEqual(['max speed', '1×', '600×', '0.50×']);
});

it('energies carry the unit in which they have three or four digits', () => {
  for (const [kwh, text] of [
    [0, '0.00 kWh'],
    [9.994, '9.99 kWh'],
    [412.4, '412 kWh'],
    [3_914, '3.91 MWh'],
    [801_434, '801 MWh'],
    [13_122_843, '13.1 GWh'],
  ] as const)
    expect(energy(kwh)).toBe(text);
});

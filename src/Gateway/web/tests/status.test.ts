import { expect, it } from 'vitest';
import { parseFrame } from '../src/lib/hub';
import { planLevel, qualityLevel, shapes, staleAfterSeconds } from '../src/lib/status';
import { cityClock } from '../src/lib/time';

it('every level has a shape of its own, so that colour is never the only cue', () => {
  const all = Object.values(shapes);
  expect(new Set(all).size).toBe(all.length);
});

it('a status that the page does not know is not shown as fine', () => {
  expect(planLevel('solved')).toBe('normal');
  expect(planLevel('who-knows')).toBe('warning');
  expect(qualityLevel('who-knows')).toBe('warning');
});

it('a picture is old after three of its usual gaps, and never before 15 s', () => {
  expect(staleAfterSeconds([1, 1, 1], 600, 10)).toBe(15);
  expect(staleAfterSeconds([1, 20], 600, 10)).toBe(60);
});

it('before two frames have come, a live city may be silent for an interval and a half', () => {
  expect(staleAfterSeconds([], 1, 10)).toBe(900);
  expect(staleAfterSeconds([], 600, 10)).toBe(15);
  expect(staleAfterSeconds([], null, 10)).toBe(15);
});

it('a frame of another schema is refused in words', () => {
  expect(parseFrame('{"schema":1,"city":"x"}').city).toBe('x');
  expect(() => parseFrame({ schema: 2 })).toThrow(/schema 1, not 2/);
  expect(() => parseFrame(null)).toThrow(/not undefined/);
});

it('times are the city’s, with their zone', () => {
  const clock = cityClock('Asia/Shanghai');
  const ms = Date.parse('2026-07-14T16:00:00Z');
  expect(clock.time(ms)).toBe('00:00');
  expect(clock.date(ms)).toBe('Wed 15 Jul 2026');
  expect(clock.day(ms)).toBe('2026-07-15');
  expect(clock.offset(ms)).toBe('GMT+8');
});

it('a zone that the browser does not know becomes UTC and is named so', () => {
  expect(cityClock('Mars/Olympus').zone).toBe('UTC');
  expect(cityClock('').zone).toBe('UTC');
});

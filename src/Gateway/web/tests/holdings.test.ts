import { expect, test } from 'vitest';
import type { ShardHolding } from '../src/lib/contract';
import { holders } from '../src/lib/holdings';

const of = (...who: string[]): ShardHolding[] => who.map((holder, shard) => ({ shard, holder, writerEpoch: 1, at: null, registered: 0 }));

test('processes are counted, the largest first, and nobody is none of them', () => {
  expect(holders(of('b', 'a', 'b', '', 'c', 'b', 'a'))).toEqual([['b', 3], ['a', 2], ['c', 1]]);
  expect(holders([])).toEqual([]);
});

test('where there are many the rest stand together', () => {
  expect(holders(of('a', 'b', 'c', 'd', 'e', 'a'))).toEqual([['a', 2], ['b', 1], ['c', 1], ['2 others', 2]]);
});

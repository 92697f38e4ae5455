import type { ShardHolding } from './contract';

/** Most holders that are named one by one; the others stand together. */
export const mostNamed = 4;

/** Processes with the shards that each holds, the largest first; where there are many, the rest together. */
export function holders(holdings: readonly ShardHolding[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { holder } of holdings) if (holder !== '') counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'));
  if (sorted.length <= mostNamed) return sorted;
  const rest = sorted.slice(mostNamed - 1);
  return [...sorted.slice(0, mostNamed - 1), [`${rest.length} others`, rest.reduce((sum, [, n]) => sum + n, 0)]];
}

/** How much a state should stand out; each level has a shape of its own beside its colour. */
export type Level = 'normal' | 'neutral' | 'notice' | 'warning' | 'alarm';

export const shapes: Readonly<Record<Level, string>> = {
  normal: '✓',
  neutral: '○',
  notice: '◆',
  warning: '▲',
  alarm: '■',
};

const planLevels: Readonly<Record<string, Level>> = {
  solved: 'normal',
  repaired: 'notice',
  degraded: 'warning',
  'audit-failed': 'alarm',
  'loose-gap': 'warning',
  empty: 'neutral',
  late: 'warning',
  failed: 'alarm',
};

/** A status that this page does not know is shown as a warning, not as fine. */
export const planLevel = (status: string): Level => planLevels[status] ?? 'warning';

const qualityLevels: Readonly<Record<string, Level>> = {
  good: 'normal',
  stale: 'warning',
  substituted: 'notice',
  invalid: 'alarm',
  blocked: 'warning',
};

export const qualityLevel = (quality: string): Level => qualityLevels[quality] ?? 'warning';

/**
 * Wall seconds without a frame after which the picture counts as old: three times the longest of the recent gaps, or, before
 * two frames have come, one and a half intervals of the city at its speed; never under 15 s.
 */
export function staleAfterSeconds(recentGapsSeconds: readonly number[], speed: number | null, slotMinutes: number): number {
  const least = 15;
  if (recentGapsSeconds.length > 0) return Math.max(least, 3 * Math.max(...recentGapsSeconds));
  if (speed === null || speed <= 0) return least;
  return Math.max(least, (1.5 * slotMinutes * 60) / speed);
}

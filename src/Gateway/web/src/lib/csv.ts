import type { Joined } from './curves';

/** The curves on show as a CSV document: UTC start of each interval, kW, empty where not known. */
export function toCsv(curves: Joined): string {
  const cell = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
  const lines = ['startUtc,slotMinutes,kind,originalKw,chargeOnlyKw,afterKw'];
  for (let i = 0; i < curves.originalKw.length; i++) {
    const start = new Date(curves.startMs + i * curves.slotMs).toISOString();
    const kind = i < curves.realizedCount ? 'realized' : 'planned';
    lines.push(
      [start, curves.slotMs / 60_000, kind, cell(curves.originalKw[i]), cell(curves.chargeOnlyKw[i]), cell(curves.afterKw[i])]
        .join(','),
    );
  }
  return lines.join('\n') + '\n';
}

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

import uPlot from 'uplot';
import type { Maybe } from './contract';
import { number, type PowerScale } from './format';
import type { CityClock } from './time';

/** One curve of a chart; told from the others by width and dash as well as by colour. */
export interface ChartCurve {
  readonly id: string;
  readonly label: string;
  /** Name of a custom property of the style sheet. */
  readonly color: string;
  readonly widthPx: number;
  /** Dash of the planned part, px. */
  readonly dash: readonly number[];
  readonly valuesKw: readonly Maybe[];
}

/** What a chart draws beside its curves; read at each drawing, so that a change needs no new chart. */
export interface ChartView {
  curves: readonly ChartCurve[];
  /** Middle of each interval, s since 1970. */
  middles: readonly number[];
  realizedCount: number;
  nowSeconds: number | null;
  clock: CityClock;
  scale: PowerScale;
  includeZero: boolean;
  /** Whether the line at "now" carries its time. */
  labelNow: boolean;
  colors: Readonly<Record<string, string>>;
  cursor(index: number | null): void;
}

/** The data in uPlot's columns: x, then the realized and the planned part of each curve. */
export function columns(view: ChartView): uPlot.AlignedData {
  const parts = view.curves.flatMap((curve) => {
    const realized = curve.valuesKw.map((value, i) => (i < view.realizedCount ? value : null));
    // The planned part starts at the last realized point: no hole in the curve at "now".
    const planned = curve.valuesKw.map((value, i) => (i >= view.realizedCount - 1 ? value : null));
    return [realized, planned];
  });
  return [view.middles as number[], ...parts];
}

export function options(view: ChartView, width: number, height: number): uPlot.Options {
  const color = (name: string) => view.colors[name] ?? '#888';
  const font = '11px system-ui, sans-serif';
  return {
    width,
    height,
    ms: 1e-3,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), view.clock.zone),
    legend: { show: false },
    padding: [view.labelNow ? 16 : 6, 20, 0, 0],
    cursor: { y: false, sync: { key: 'city', setSeries: false }, drag: { x: false, y: false }, points: { size: 7, width: 2 } },
    scales: { x: { time: true }, y: { range: (_, min, max) => valueRange(min, max, view.includeZero) } },
    axes: [
      {
        stroke: () => color('--ink-soft'),
        grid: { stroke: () => color('--grid'), width: 1 },
        ticks: { stroke: () => color('--grid'), width: 1, size: 4 },
        font,
        size: 40,
        space: 64,
        values: (_, splits) => splits.map((seconds, i) => timeLabel(seconds, i === 0 ? undefined : splits[i - 1], view.clock)),
      },
      {
        stroke: () => color('--ink-soft'),
        grid: { stroke: () => color('--grid'), width: 1 },
        ticks: { show: false },
        font,
        size: 62,
        space: height < 220 ? 20 : 34,
        values: (_, splits) => powerLabels(splits, view.scale),
      },
    ],
    series: [
      {},
      ...view.curves.flatMap((curve): uPlot.Series[] => {
        const common = { stroke: () => color(curve.color), width: curve.widthPx, points: { show: false }, spanGaps: false };
        return [
          { ...common, label: `${curve.label}, realized` },
          { ...common, label: `${curve.label}, planned`, dash: [...curve.dash] },
        ];
      }),
    ],
    hooks: {
      drawClear: [(u) => shadePlanned(u, view, color('--planned'))],
      draw: [(u) => drawNow(u, view, color('--ink'), color('--panel'))],
      setCursor: [(u) => view.cursor(u.cursor.idx ?? null)],
    },
  };
}

/** Eight per cent of air above and below; at least a little where the curve is flat. */
export function valueRange(min: number | null, max: number | null, includeZero: boolean): [number, number] {
  let low = min ?? 0;
  let high = max ?? 1;
  if (includeZero) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
    // Nothing but zero is a line in the middle, of a unit that says how little it would take to see something.
    if (low === high) return [-1, 1];
  }
  const air = Math.max(0.08 * (high - low), 0.002 * Math.max(Math.abs(low), Math.abs(high)), 1e-3);
  return [low - (includeZero && low === 0 ? 0 : air), high + (includeZero && high === 0 ? 0 : air)];
}

function timeLabel(seconds: number, previous: number | undefined, clock: CityClock): string {
  const ms = seconds * 1000;
  const isNewDay = previous === undefined || clock.day(ms) !== clock.day(previous * 1000);
  return isNewDay ? `${clock.time(ms)}\n${clock.shortDate(ms)}` : clock.time(ms);
}

/** Axis labels with as many decimals as their step needs. */
export function powerLabels(splits: readonly number[], scale: PowerScale): string[] {
  const step = splits.length > 1 ? Math.abs((splits[1] as number) - (splits[0] as number)) / scale.kwPerUnit : 1;
  let decimals = 0;
  while (decimals < 4 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals++;
  return splits.map((kw) => number(kw / scale.kwPerUnit, decimals));
}

function shadePlanned(u: uPlot, view: ChartView, fill: string): void {
  if (view.nowSeconds === null) return;
  const { left, top, width, height } = u.bbox;
  const from = Math.min(Math.max(u.valToPos(view.nowSeconds, 'x', true), left), left + width);
  u.ctx.save();
  u.ctx.fillStyle = fill;
  u.ctx.fillRect(from, top, left + width - from, height);
  u.ctx.restore();
}

function drawNow(u: uPlot, view: ChartView, ink: string, paper: string): void {
  const { left, top, width, height } = u.bbox;
  const ratio = devicePixelRatio;
  const { ctx } = u;
  ctx.save();
  // The curves leave their dash behind.
  ctx.setLineDash([]);
  if (view.includeZero) {
    const zero = Math.round(u.valToPos(0, 'y', true)) + 0.5;
    ctx.strokeStyle = ink;
    ctx.globalAlpha = 0.45;
    ctx.lineWidth = ratio;
    ctx.beginPath();
    ctx.moveTo(left, zero);
    ctx.lineTo(left + width, zero);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  if (view.nowSeconds !== null) {
    const x = Math.round(u.valToPos(view.nowSeconds, 'x', true)) + 0.5;
    const isShown = x >= left && x <= left + width;
    if (isShown) {
      ctx.strokeStyle = ink;
      ctx.lineWidth = ratio;
      ctx.beginPath();
      ctx.moveTo(x, top - 2 * ratio);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
    if (isShown && view.labelNow) {
      ctx.font = `600 ${11 * ratio}px system-ui, sans-serif`;
      const text = `now ${view.clock.time(view.nowSeconds * 1000)}`;
      const textWidth = ctx.measureText(text).width;
      const room = left + width - x > textWidth + 12 * ratio;
      const at = room ? x : x - textWidth - 10 * ratio;
      ctx.fillStyle = ink;
      ctx.fillRect(at, top - 13 * ratio, textWidth + 10 * ratio, 16 * ratio);
      ctx.fillStyle = paper;
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'left';
      ctx.fillText(text, at + 5 * ratio, top - 4.5 * ratio);
    }
  }
  ctx.restore();
}

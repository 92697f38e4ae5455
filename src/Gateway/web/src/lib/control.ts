import type { Maybe } from './contract';

/** How many setpoints came to what. */
export interface SetpointCounts {
  readonly sent: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly observed: number;
  readonly notFollowed: number;
  readonly superseded: number;
  readonly expired: number;
}

export interface AggregatorView {
  readonly name: string;
  /** City time of the first setpoints that it has not answered; null = it answers. */
  readonly silentSince: string | null;
  readonly heardAt: string | null;
  readonly sentAt: string | null;
  readonly last: SetpointCounts;
  readonly total: SetpointCounts;
}

export interface SetpointsView {
  readonly aggregators: readonly AggregatorView[];
  readonly answeredInside: boolean;
  readonly answersRefused: number;
  readonly lastRefusal: string;
}

export type HoldScope = 'city' | 'district' | 'aggregator';

export type OrderAction = 'hold' | 'resume' | 'limit' | 'unlimit';

export interface OperatorEntry {
  readonly recordedAt: string;
  readonly at: string;
  readonly action: OrderAction;
  readonly scope: HoldScope;
  readonly name: string;
  readonly by: string;
  readonly why: string;
  readonly importKw?: Maybe;
  readonly exportKw?: Maybe;
}

/** A district's limit in a plan. */
export interface LimitView {
  readonly district: string;
  readonly importKw: Maybe;
  readonly exportKw: Maybe;
  readonly plannedKw: number;
  readonly riseKw: number;
  readonly dropKw: number;
  readonly measuredKw: Maybe;
  readonly cut: number;
  readonly isKept: boolean;
}

export interface HoldsView {
  readonly held: readonly OperatorEntry[];
  readonly limits: readonly OperatorEntry[];
  readonly districts: readonly string[];
  readonly aggregators: readonly string[];
  readonly log: readonly OperatorEntry[];
}

export interface HoldCommand {
  readonly action: OrderAction;
  readonly scope: HoldScope;
  readonly name: string;
  readonly by: string;
  readonly why: string;
  readonly importKw?: Maybe;
  readonly exportKw?: Maybe;
}

export interface FlexibilityAsk {
  readonly from: string;
  readonly to: string;
  readonly mw: number;
}

export interface FlexibilityAnswer {
  readonly planId: string;
  readonly from: string;
  readonly to: string;
  readonly askedMw: number;
  readonly deliverable: 'yes' | 'no' | 'not-shown';
  readonly maxMw: number;
  readonly deliveredMw: readonly number[];
  readonly costKw: Maybe;
  readonly boundKw: Maybe;
  readonly dischargedKwh: Maybe;
  readonly compensationRmb: Maybe;
  readonly vehiclesTouched: Maybe;
  readonly departuresTouched: Maybe;
  readonly touchedSample: number;
  readonly vehicles: number;
  readonly seconds: number;
}

export interface SupplyPoint {
  readonly minutes: number;
  readonly mw: number;
  readonly isMost: boolean;
  readonly dischargedKwhPerMwh: Maybe;
  readonly rmbPerMwh: Maybe;
  readonly costKw: Maybe;
}

export interface SupplyCurve {
  readonly planId: string;
  readonly from: string;
  readonly sampleVehicles: number;
  readonly vehicles: number;
  readonly points: readonly SupplyPoint[];
}

/** Sum over aggregators. */
export function sum(counts: readonly SetpointCounts[]): SetpointCounts {
  const zero: SetpointCounts = { sent: 0, accepted: 0, rejected: 0, timedOut: 0, observed: 0, notFollowed: 0, superseded: 0, expired: 0 };
  return counts.reduce(
    (a, b) => ({
      sent: a.sent + b.sent, accepted: a.accepted + b.accepted, rejected: a.rejected + b.rejected, timedOut: a.timedOut + b.timedOut, observed: a.observed + b.observed,
      notFollowed: a.notFollowed + b.notFollowed, superseded: a.superseded + b.superseded, expired: a.expired + b.expired,
    }),
    zero,
  );
}

/** What is held, as people say it. */
export function what(entry: { readonly scope: HoldScope; readonly name: string }): string {
  return entry.scope === 'city' ? 'the whole city' : entry.scope === 'district' ? `district ${entry.name}` : entry.name;
}

/** Each limit with what the newest plan makes of it: ordered after that plan was made, kept, or broken. */
export function standing(orders: readonly OperatorEntry[], planned: readonly LimitView[]): readonly { readonly entry: OperatorEntry; readonly view: LimitView | null; readonly state: 'ordered' | 'kept' | 'broken' }[] {
  return orders.map((entry) => {
    const view = planned.find((l) => l.district === entry.name && l.importKw === (entry.importKw ?? null) && l.exportKw === (entry.exportKw ?? null)) ?? null;
    return { entry, view, state: view === null ? 'ordered' : view.isKept ? 'kept' : 'broken' };
  });
}

/** What an order of the operators' log says. */
export function ordered(entry: OperatorEntry): string {
  const powers = [
    entry.importKw === null || entry.importKw === undefined ? '' : `${entry.importKw} kW drawn`,
    entry.exportKw === null || entry.exportKw === undefined ? '' : `${entry.exportKw} kW delivered`,
  ].filter((text) => text !== '');
  return `${entry.action} ${what(entry)}${powers.length > 0 ? ` to ${powers.join(', ')}` : ''}`;
}

/** Points of a supply curve by duration, the most that can be had last. */
export function byDuration(curve: SupplyCurve): readonly { readonly minutes: number; readonly points: readonly SupplyPoint[]; readonly mostMw: Maybe }[] {
  const durations = [...new Set(curve.points.map((p) => p.minutes))].sort((a, b) => a - b);
  return durations.map((minutes) => ({
    minutes,
    points: curve.points.filter((p) => p.minutes === minutes && !p.isMost),
    mostMw: curve.points.find((p) => p.minutes === minutes && p.isMost)?.mw ?? null,
  }));
}

/** "30 min", "2 h". */
export function duration(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

export interface RegretLine {
  readonly objectiveKw: number;
  readonly peakKw: number;
  readonly valleyKw: number;
  readonly pvdrOverValley: Maybe;
  readonly dischargedKwh: Maybe;
}

export interface RegretView {
  readonly from: string;
  readonly to: string;
  readonly kept: number;
  readonly keptAtLeast: number;
  readonly chargeOnly: RegretLine;
  readonly rolling: RegretLine;
  readonly perfect: RegretLine;
  readonly departures: number;
  readonly departuresUnderPromise: number;
  readonly satisfaction: number;
  readonly extraWearRmb: number;
  readonly compensationRmb: Maybe;
  readonly storedMwh: number;
  readonly vehicles: number;
  readonly seconds: number;
}

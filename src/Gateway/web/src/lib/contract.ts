import type { LimitView } from './control';

/**
 * The gateway's data, as src/Domain/Queries sends it in camelCase. A number that is not known arrives as null, never as 0.
 * Powers are kW, charging positive; instants are ISO 8601 with offset.
 */
export type Maybe = number | null;

export type Mode = 'live' | 'replay' | 'simulated';

/** Schema of CityFrame that this page understands. */
export const frameSchema = 1;

export interface CityFrame {
  readonly schema: number;
  /** City instant that it shows. */
  readonly at: string | null;
  readonly mode: string;
  readonly city: string;
  /** IANA zone in which people read the times. */
  readonly timeZone: string;
  /** City seconds per wall second; null = as fast as it goes. */
  readonly speed: Maybe;
  /** running, finished or failed. */
  readonly state: string;
  /** Mean of the interval that ended at `at`. */
  readonly load: FrameLoad | null;
  readonly horizon: LoadCurves | null;
  readonly counts: TwinStatus;
  readonly pvdr: FramePvdr | null;
  readonly plan: FramePlan | null;
  readonly quality: FrameQuality;
  /** Null, or absent, when this is no replay that can be controlled. */
  readonly replay?: ReplayView | null;
}

export interface FrameLoad {
  readonly originalKw: Maybe;
  readonly chargeOnlyKw: Maybe;
  readonly afterKw: Maybe;
}

export interface LoadCurves {
  readonly startAt: string;
  readonly slotMinutes: number;
  readonly originalKw: readonly Maybe[];
  readonly chargeOnlyKw: readonly Maybe[];
  readonly afterKw: readonly Maybe[];
}

/** How far off something foreseen was. */
export interface ForesightError {
  readonly intervals: number;
  readonly meanAbsoluteKw: Maybe;
  /** Of who would have said that nothing changes. */
  readonly naiveKw: Maybe;
}

/** What was foreseen of intervals that are over, and what came. */
export interface ForesightView {
  readonly forecaster: string;
  readonly startAt: string;
  readonly slotMinutes: number;
  readonly originalKw: readonly Maybe[];
  readonly hourAheadKw: readonly Maybe[];
  readonly dayAheadKw: readonly Maybe[];
  readonly afterKw: readonly Maybe[];
  readonly plannedKw: readonly Maybe[];
  readonly hourAhead: ForesightError;
  readonly dayAhead: ForesightError;
  readonly planned: ForesightError;
}

export interface TwinStatus {
  readonly at: string | null;
  readonly registered: Maybe;
  readonly plugged: Maybe;
  readonly available: Maybe;
  readonly charging: Maybe;
  readonly discharging: Maybe;
  readonly departures: Maybe;
  readonly departuresUnderPromise: Maybe;
  readonly eventsAccepted: Maybe;
  readonly eventsDuplicate: Maybe;
  readonly eventsDeadLettered: Maybe;
  readonly deadLettersByReason: Readonly<Record<string, number>>;
  readonly vehiclesByQuality: Readonly<Record<string, number>>;
  readonly places: PlaceCounts;
  /** Null before the first interval. */
  readonly flexibility: FleetFlexibility | null;
  /** What keeps the twin from writing now, while it tries again. */
  readonly trouble: Trouble | null;
  /** Every shard and the process that holds it; null from a gateway that does not tell. */
  readonly holdings: readonly ShardHolding[] | null;
  /** What the sums rested on at the boundary; null or absent before the first. */
  readonly quality?: AggregateQuality | null;
}

export interface ShardHolding {
  readonly shard: number;
  /** Empty while nobody holds it. */
  readonly holder: string;
  readonly writerEpoch: number;
  readonly at: string | null;
  readonly registered: number;
}

export interface Trouble {
  readonly since: string;
  readonly message: string;
}

export interface PlaceCounts {
  readonly home: number;
  readonly work: number;
  readonly other: number;
  readonly driving: number;
  readonly unknown: number;
}

/** What the vehicles that a dispatch may use could hold for an interval; both powers are 0 or more. */
export interface FleetFlexibility {
  readonly chargeKw: Maybe;
  readonly dischargeKw: Maybe;
  readonly storedKwh: Maybe;
  readonly roomKwh: Maybe;
}

/** (peak − valley)/valley and (peak − valley)/peak. */
export interface Pvdr {
  readonly overValley: Maybe;
  readonly overPeak: Maybe;
}

export interface FramePvdr {
  readonly original: Pvdr;
  readonly chargeOnly: Pvdr;
  readonly after: Pvdr;
  readonly realizedSlots: number;
  readonly plannedSlots: number;
}

export interface FramePlan {
  readonly id: string;
  readonly at: string;
  /** solved, degraded, loose-gap, empty, audit-failed; of plans that an earlier version stored also repaired. */
  readonly status: string;
  readonly cause: string;
  readonly gap: Maybe;
  readonly objectiveKw: Maybe;
  readonly boundKw: Maybe;
  readonly seconds: Maybe;
  /** Wall-clock seconds since it was published. */
  readonly ageSeconds: Maybe;
  readonly vehicles: Maybe;
  readonly setpointsChanged: Maybe;
  readonly hash: string;
  readonly audit: AuditView | null;
  readonly promise: PromiseView | null;
}

/** What a plan promises to drivers, and how promises were kept until then. */
export interface PromiseView {
  readonly risk: number;
  readonly reserveKwh: number;
  readonly departures: number;
  readonly under: number;
  readonly satisfaction: number;
}

/** Marginal prices that prove a plan's bound; each day's add up to zero. */
export interface PriceCurve {
  readonly startAt: string;
  readonly slotMinutes: number;
  /** How many of the slots, the first, were over when the plan was made. */
  readonly pastSlots: number;
  readonly values: readonly Maybe[];
}

/** The plan in force, as far as this page reads it beside the frame. */
export interface PlanView {
  readonly id: string;
  readonly at: string;
  readonly status: string;
  readonly cause: string;
  readonly objectiveKw: Maybe;
  readonly boundKw: Maybe;
  readonly gap: Maybe;
  readonly seconds: Maybe;
  readonly objectiveKind: string;
  readonly peakWeight: Maybe;
  readonly prices: PriceCurve | null;
  readonly horizon: LoadCurves;
  /** Null where the load was known. */
  readonly forecast: ForecastBand | null;
  /** Null or absent where no district is limited. */
  readonly limits?: readonly LimitView[] | null;
}

/** Ends of the central 90 % band of the city without its vehicles, per interval of a plan's horizon. */
export interface ForecastBand {
  readonly forecaster: string;
  readonly lowKw: readonly Maybe[];
  readonly highKw: readonly Maybe[];
}

export interface PlanBrief {
  readonly id: string;
  readonly at: string;
  readonly status: string;
  readonly objectiveKw: Maybe;
  readonly boundKw: Maybe;
  readonly gap: Maybe;
  /** Not kept over a restart. */
  readonly seconds: Maybe;
}

export interface AuditView {
  readonly checked: Maybe;
  readonly vehicles: Maybe;
  readonly findings: Maybe;
  readonly firstFinding: string;
}

/** What the sums over the fleet rest on. */
export interface AggregateQuality {
  readonly vehicles: QualityShares;
  readonly vehicleCount: number;
  readonly power: QualityShares;
  readonly grossKw: number;
}

export interface FrameQuality {
  /** good, stale, substituted, invalid or blocked. */
  readonly overall: string;
  readonly vehiclesByQuality: Readonly<Record<string, number>>;
  readonly loadSource: string;
  /** Marked "[G] …", "[P] …" or "[S] …". */
  readonly assumptions: readonly string[];
}

export interface CityAnswer {
  readonly frame: CityFrame | null;
  readonly history: LoadCurves | null;
}

export interface DeadLetterView {
  readonly id: number;
  readonly recordedAt: string;
  readonly reason: string;
  readonly detail: string;
  readonly source: string;
  readonly reference: string;
  readonly vehicle: string | null;
  readonly payloadBase64: string;
}

export interface DeadLettersAnswer {
  readonly total: number;
  readonly byReason: Readonly<Record<string, number>>;
  readonly items: readonly DeadLetterView[];
}

/** Shares of 0 to 1. */
export interface QualityShares {
  readonly measured: number;
  readonly stale: number;
  readonly imputed: number;
  readonly invalid: number;
  readonly blocked: number;
}

/** Where a replay stands. */
export interface ReplayView {
  readonly state: 'playing' | 'paused' | 'seeking' | 'finished';
  /** Null = as fast as it goes. */
  readonly speed: number | null;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly loop: boolean;
  readonly source: string;
}

/** What a replay is told to do; speed 0 = as fast as it goes. */
export interface ReplayCommand {
  readonly action: 'play' | 'pause' | 'step' | 'seek' | 'speed' | 'loop';
  readonly speed?: number;
  readonly at?: string;
  readonly loop?: boolean;
}

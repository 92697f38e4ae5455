import type { QualityShares } from './contract';

// What panels ask for when they are opened: the past, sources, studies.

/** The time that the store knows of. */
export interface PastSpan {
  readonly from: string;
  readonly to: string;
}

/** A district, or the city, at an instant. */
export interface DistrictView {
  readonly name: string;
  readonly vehicles: number;
  readonly plugged: number;
  readonly available: number;
  readonly driving: number;
  readonly powerKw: number;
  readonly grossKw: number;
  readonly chargeOnlyKw: number;
  readonly storedKwh: number;
  readonly vehicleQuality: QualityShares;
  readonly powerQuality: QualityShares;
}

/** The city's vehicles at an instant, as they were known then. */
export interface CityStateView {
  readonly at: string;
  readonly city: DistrictView;
  readonly districts: readonly DistrictView[];
  readonly stateHash: string;
  readonly complete: boolean;
  readonly eventsFolded: number;
}

/** How a source of events does. */
export interface SourceStatus {
  readonly source: string;
  readonly accepted: number;
  readonly duplicate: number;
  readonly putAside: number;
  readonly late: number;
  readonly latestSeconds: number;
  readonly newestAt: string | null;
  readonly reachedAt: string | null;
  readonly openGaps: number;
  readonly givenUp: number;
  /** Null for the city's clock itself. */
  readonly clockAheadSeconds: number | null;
  readonly byQuality: Readonly<Record<string, number>>;
}

/** A finished study or estimation. */
export interface StudyView {
  readonly name: string;
  readonly kind: 'study' | 'estimate';
  readonly title: string;
  readonly question: string;
  readonly version: string;
  readonly writtenAt: string;
  readonly points: readonly StudyPointView[];
  readonly assumptions: number;
}

/** A point of a study in a line; PVDR over the valley, median of the days. */
export interface StudyPointView {
  readonly name: string;
  readonly takePart: number;
  readonly pvdrOriginal: number | null;
  readonly pvdrChargeOnly: number | null;
  readonly pvdrAfter: number | null;
  readonly peakShavingMw: number;
  readonly valleyFillingMw: number;
  readonly compensationRmb: number;
  readonly satisfaction: number;
  readonly gap: number;
}

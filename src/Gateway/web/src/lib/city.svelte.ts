import { getCity, Unauthorized } from './api';
import type { CityAnswer, CityFrame, ReplayView } from './contract';
import { append, dayEffect, endMs, fromContract, join, peakOf, type Curves } from './curves';
import { powerScale } from './format';
import { connectHub, type Hub } from './hub';
import { staleAfterSeconds } from './status';
import { cityClock } from './time';
import { wall } from './clock.svelte';

/** connecting, before the first answer; live, by the hub; polling, the hub is down but HTTP answers; lost, nothing answers. */
export type Link = 'connecting' | 'live' | 'polling' | 'lost';

const pollMs = 5_000;
const refetchMs = 2_000;

/** What the page knows of the city, kept current by the hub and, where that fails, by asking the API. */
export class City {
  frame = $state.raw<CityFrame | null>(null);
  realized = $state.raw<Curves | null>(null);
  link = $state<Link>('connecting');
  /** Wall-clock ms since which the link is as it is. */
  linkSinceMs = $state(Date.now());
  /** Wall-clock ms at which the newest frame came; null before the first. */
  receivedMs = $state<number | null>(null);
  needsToken = $state(false);
  problem = $state('');

  clock = $derived(cityClock(this.frame?.timeZone ?? 'UTC'));
  atMs = $derived(this.frame?.at ? Date.parse(this.frame.at) : null);
  horizon = $derived(fromContract(this.frame?.horizon ?? null));
  joined = $derived(join(this.realized, this.horizon));
  scale = $derived(powerScale(peakOf(this.joined) ?? this.frame?.load?.chargeOnlyKw ?? null));
  day = $derived(this.atMs === null ? null : dayEffect(this.joined, this.atMs, this.clock));
  planAgeSeconds = $derived.by(() => {
    const age = this.frame?.plan?.ageSeconds ?? null;
    if (age === null || this.receivedMs === null) return null;
    return age + Math.max(0, wall.nowMs - this.receivedMs) / 1000;
  });
  silentSeconds = $derived(this.receivedMs === null ? null : Math.max(0, wall.nowMs - this.receivedMs) / 1000);
  stale = $derived.by(() => {
    if (this.silentSeconds === null || this.frame?.state !== 'running') return false;
    const limit = staleAfterSeconds(this.gaps, this.frame.speed, this.frame.horizon?.slotMinutes ?? 10);
    return this.silentSeconds > limit;
  });

  private gaps = $state.raw<readonly number[]>([]);
  #hub: Hub | null = null;
  #pending: CityFrame | null = null;
  #newest: Curves | null = null;
  #drawing = false;
  #fetching = false;
  #fetchAgain: ReturnType<typeof setTimeout> | undefined;
  #lastFetchMs = 0;

  start(): void {
    void this.load();
    setInterval(() => {
      if (this.link !== 'live' && !this.needsToken) void this.load();
    }, pollMs);
    this.#hub = connectHub({
      frame: (frame) => this.receive(frame),
      up: () => {
        this.#setLink('live');
        void this.load();
      },
      down: () => {
        if (this.link === 'live') this.#setLink('lost');
      },
      unauthorized: () => (this.needsToken = true),
    });
  }

  /** Called with a token in place. */
  retry(): void {
    this.needsToken = false;
    void this.load();
    this.#hub?.retryNow();
  }

  /** Takes one answer of the API: the newest frame and the realized curves. */
  apply(answer: CityAnswer): void {
    const history = fromContract(answer.history);
    if (history) {
      // Frames may have come while the answer was on its way: keep what is newer than it.
      const newer = this.#newest && answer.frame && this.#newest.slotMs === history.slotMs && endMs(this.#newest) > endMs(history);
      if (!newer) this.#newest = history;
      else this.#newest = join(history, this.#newest);
      this.realized = this.#newest;
    }
    // While the hub runs, its frames may be newer than this answer.
    const shownAt = this.link === 'live' ? this.#pending?.at : null;
    if (answer.frame && !(shownAt && answer.frame.at && Date.parse(answer.frame.at) < Date.parse(shownAt))) this.receive(answer.frame);
  }

  /** The replay's answer to a command, ahead of the next frame. */
  setReplay(replay: ReplayView): void {
    if (this.frame) this.frame = { ...this.frame, replay };
  }

  /** Takes one frame. Every interval is kept; drawing happens at most once a screen refresh, with the newest. */
  receive(frame: CityFrame): void {
    const before = this.#pending ?? this.frame;
    if (before?.at && (!frame.at || Date.parse(frame.at) < Date.parse(before.at))) {
      // A replay was sent back: what was realized after is to come again.
      this.#newest = null;
      this.realized = null;
      this.#refetch();
    }
    const { curves, broken } = append(this.#newest, frame);
    this.#newest = curves;
    this.#pending = frame;
    if (broken) this.#refetch();
    if (this.#drawing) return;
    this.#drawing = true;
    // A hidden page gets no animation frames; the timer keeps its numbers current all the same.
    const draw = () => {
      if (!this.#drawing) return;
      this.#drawing = false;
      this.#show();
    };
    requestAnimationFrame(draw);
    setTimeout(draw, 250);
  }

  #show(): void {
    const now = Date.now();
    if (this.receivedMs !== null) this.gaps = [...this.gaps.slice(-4), (now - this.receivedMs) / 1000];
    this.receivedMs = now;
    wall.nowMs = now;
    this.frame = this.#pending;
    this.realized = this.#newest;
    this.problem = '';
  }

  #refetch(): void {
    clearTimeout(this.#fetchAgain);
    const wait = Math.max(0, this.#lastFetchMs + refetchMs - Date.now());
    this.#fetchAgain = setTimeout(() => void this.load(), wait);
  }

  async load(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    this.#lastFetchMs = Date.now();
    try {
      this.apply(await getCity());
      this.needsToken = false;
      // The gateway is back: the stream need not wait for the end of its own pause.
      if (this.link === 'lost') this.#hub?.retryNow();
      if (this.link !== 'live') this.#setLink('polling');
    } catch (error) {
      if (error instanceof Unauthorized) this.needsToken = true;
      else if (this.link !== 'live') this.#setLink('lost');
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#fetching = false;
    }
  }

  #setLink(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.linkSinceMs = Date.now();
  }
}

export const city = new City();

/** The browser's clock, once a second, for ages and "since when". */
class WallClock {
  nowMs = $state(Date.now());

  constructor() {
    setInterval(() => (this.nowMs = Date.now()), 1000);
  }
}

export const wall = new WallClock();

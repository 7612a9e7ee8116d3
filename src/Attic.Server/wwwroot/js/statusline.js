// The line at the bottom: pictures a second, pictures lost, time from a key to the picture that shows it, sound in store.

const EVERY_MS = 500;
const KEPT = 15;

export class StatusLine {
  running = false;
  #line; #video; #audio; #waiting = null; #latencies = [];

  constructor(line, video, audio, input) {
    this.#line = line;
    this.#video = video;
    this.#audio = audio;
    // The machine has the event: the first picture that arrives from now on was drawn after it.
    input.addEventListener("taken", ({ detail }) => { this.#waiting ??= { since: detail, taken: performance.now() }; });
    video.onDrawn = (arrived) => this.#drawn(arrived);
    setInterval(() => this.#show(), EVERY_MS);
  }

  /** Median milliseconds from an event to its picture; null before the first. */
  get latency() {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    return sorted.length ? sorted[sorted.length >> 1] : null;
  }

  #drawn(arrived) {
    if (!this.#waiting || arrived < this.#waiting.taken) return;
    this.#latencies.push(performance.now() - this.#waiting.since);
    if (this.#latencies.length > KEPT) this.#latencies.shift();
    this.#waiting = null;
  }

  #show() {
    if (!this.running) {
      this.#line.textContent = "";
      return;
    }
    const parts = [`${this.#video.rate} fps`, `${this.#video.lost} dropped`];
    if (this.latency !== null) parts.push(`${Math.round(this.latency)} ms`);
    const health = this.#audio.health;
    if (health?.playing) parts.push(`sound ${Math.round(health.stored * 1000)} ms`);
    else if (!this.#audio.running) parts.push("sound off");
    this.#line.textContent = parts.join(" · ");
  }
}

// Runs on the browser's audio thread: a jitter buffer that plays the stream at the speed at which it comes.
//
// Chunks arrive in bursts and by another clock than the sound card's. The buffer holds `target` frames on average; when it
// runs fuller or emptier than that, the sound is played faster or slower by less than a thousandth, which nobody hears.
// When it runs dry all the same, the sound fades out and in again instead of clicking, and the target grows.

const CAPACITY = 1 << 16; // frames; a power of two, more than a second
const MASK = CAPACITY - 1;
const FADE = 240; // frames of a fade: 5 ms at 48 kHz
const REACH = 4; // frames around the position that interpolation reads
const MOST_CORRECTION = 0.0008;
const GAIN_OF_CORRECTION = 0.001;
const SMOOTHING = 1 / 750; // per 128-frame block: two seconds
const LEAST_TARGET = 0.06, MOST_TARGET = 0.3; // seconds
const TAP_FRAMES = 4096;

class JitterBuffer extends AudioWorkletProcessor {
  #left = new Float32Array(CAPACITY);
  #right = new Float32Array(CAPACITY);
  #write = 0; // frames written so far
  #read = 0; // frames read so far, with a fraction
  #rate = sampleRate; // of the source
  #target = LEAST_TARGET;
  #fill = 0; // smoothed
  #playing = false;
  #gain = 0;
  #rest = true; // whether silence is expected, as in a pause
  #dryAt = -1;
  #underruns = 0;
  #skips = 0;
  #tap = null;
  #blocks = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data.type === "chunk") this.#take(new Int16Array(data.bytes), data.channels, data.rate);
      else if (data.type === "rest") this.#rest = true;
      else if (data.type === "tap") this.#setTap(data.on);
    };
  }

  #take(samples, channels, rate) {
    this.#rate = rate;
    const frames = samples.length / channels;
    for (let i = 0; i < frames; i++) {
      const at = (this.#write + i) & MASK;
      this.#left[at] = samples[i * channels] / 32768;
      this.#right[at] = samples[i * channels + channels - 1] / 32768;
    }
    this.#write += frames;
    if (this.#dryAt >= 0) {
      // Data that comes soon after it was missed came late: keep more in store. After a pause it is simply new.
      if (currentTime - this.#dryAt < 0.3) this.#target = Math.min(MOST_TARGET, this.#target * 1.3);
      this.#dryAt = -1;
    }
    this.#rest = false;
    if (this.#write - this.#read > CAPACITY - 4 * FADE) this.#jump();
  }

  // Far too much in store, for instance after the tab slept: go on from where the target says.
  #jump() {
    this.#read = this.#write - this.#target * this.#rate;
    this.#fill = this.#target * this.#rate;
    this.#gain = 0;
    this.#skips++;
  }

  process(inputs, outputs) {
    const [left, right] = outputs[0];
    const target = this.#target * this.#rate;
    const step = this.#rate / sampleRate;
    let store = this.#write - this.#read;
    if (!this.#playing && store >= target) {
      this.#playing = true;
      this.#fill = store;
      this.#gain = 0;
    }
    if (this.#playing) {
      this.#fill += (store - this.#fill) * SMOOTHING;
      if (store > target + 0.25 * this.#rate) {
        this.#jump();
        store = this.#write - this.#read;
      }
      this.#play(left, right, step * (1 + this.#correction(target)));
    } else {
      left.fill(0);
      right.fill(0);
    }
    this.#report(left, right);
    return true;
  }

  #correction(target) {
    const error = (this.#fill - target) / target;
    return Math.max(-MOST_CORRECTION, Math.min(MOST_CORRECTION, GAIN_OF_CORRECTION * error));
  }

  #play(left, right, step) {
    for (let i = 0; i < left.length; i++) {
      const store = this.#write - this.#read;
      const ending = store < FADE * step + REACH;
      this.#gain = ending ? Math.max(0, this.#gain - 1 / FADE) : Math.min(1, this.#gain + 1 / FADE);
      if (store < REACH || (ending && this.#gain === 0)) {
        left.fill(0, i);
        right.fill(0, i);
        this.#runDry();
        return;
      }
      const whole = Math.floor(this.#read), part = this.#read - whole;
      left[i] = this.#gain * curve(this.#left, whole, part);
      right[i] = this.#gain * curve(this.#right, whole, part);
      this.#read += step;
    }
  }

  #runDry() {
    this.#playing = false;
    this.#gain = 0;
    if (!this.#rest) {
      this.#underruns++;
      this.#dryAt = currentTime;
    }
  }

  #setTap(on) {
    this.#flushTap();
    this.#tap = on ? { samples: new Float32Array(TAP_FRAMES * 2), used: 0 } : null;
  }

  #flushTap() {
    if (this.#tap?.used) {
      const samples = this.#tap.samples.slice(0, this.#tap.used);
      this.port.postMessage({ type: "tap", samples }, [samples.buffer]);
      this.#tap.used = 0;
    }
  }

  #report(left, right) {
    if (this.#tap) {
      for (let i = 0; i < left.length; i++) {
        this.#tap.samples[this.#tap.used++] = left[i];
        this.#tap.samples[this.#tap.used++] = right[i];
      }
      if (this.#tap.used + 2 * left.length > this.#tap.samples.length) this.#flushTap();
    }
    if ((this.#blocks++ & 127) === 0) {
      this.port.postMessage({
        type: "health",
        stored: (this.#write - this.#read) / this.#rate,
        target: this.#target,
        playing: this.#playing,
        underruns: this.#underruns,
        skips: this.#skips,
      });
    }
  }
}

// Catmull-Rom through four frames; exact where `part` is 0.
function curve(ring, whole, part) {
  const a = ring[(whole - 1) & MASK], b = ring[whole & MASK], c = ring[(whole + 1) & MASK], d = ring[(whole + 2) & MASK];
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
}

registerProcessor("jitter-buffer", JitterBuffer);

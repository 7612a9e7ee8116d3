// The audio stream and the sound card. Browsers allow sound only after a gesture, so it begins with the first one.

import { PairStream } from "./stream.js";

const RATE = 48000;

export class Audio {
  /** What the worklet last told: stored, target (seconds), underruns, skips; null before sound began. */
  health = null;
  #stream; #context = null; #node = null; #volume = null; #sessionId = null; #level = 0.7; #tap = null; #beginning = null;

  constructor() {
    this.#stream = new PairStream("stream/audio", "audio_chunk_meta", (meta, bytes) => {
      this.#node?.port.postMessage({ type: "chunk", bytes, channels: meta.channels, rate: meta.sample_rate }, [bytes]);
    });
    for (const gesture of ["pointerdown", "keydown", "touchend"]) {
      addEventListener(gesture, () => void this.begin(), { capture: true, passive: true });
    }
  }

  get running() { return this.#context?.state === "running"; }

  /** Begins, or goes on after the browser suspended the sound; to be called in a gesture. */
  begin() {
    if (this.#context) {
      if (this.#context.state !== "running") void this.#context.resume();
      return this.#beginning;
    }
    return this.#beginning = this.#build();
  }

  async #build() {
    const context = this.#context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    await context.audioWorklet.addModule(new URL("audio-worklet.js", import.meta.url));
    const node = new AudioWorkletNode(context, "jitter-buffer", { numberOfInputs: 0, outputChannelCount: [2] });
    node.port.onmessage = ({ data }) => {
      if (data.type === "health") this.health = data;
      else if (data.type === "tap") this.#tap?.push(data.samples);
    };
    this.#volume = new GainNode(context, { gain: this.#level });
    node.connect(this.#volume).connect(context.destination);
    this.#node = node;
    this.#listen();
  }

  open(sessionId) {
    this.#sessionId = sessionId;
    this.#listen();
  }

  close() {
    this.#sessionId = null;
    this.rest();
    this.#stream.close();
  }

  /** Silence is to be expected: the machine pauses. */
  rest() { this.#node?.port.postMessage({ type: "rest" }); }

  /** 0 to 1. */
  set level(level) {
    this.#level = level;
    this.#volume?.gain.setTargetAtTime(level, this.#context.currentTime, 0.015);
  }

  #listen() {
    if (this.#node && this.#sessionId) {
      this.#stream.open({ session_id: this.#sessionId, format: "PCM_S16LE", sample_rate: RATE });
    }
  }

  get recording() { return this.#tap !== null; }

  /** Keeps what the worklet plays from now on. */
  async startRecording() {
    await this.begin();
    this.#tap = [];
    this.#node.port.postMessage({ type: "tap", on: true });
  }

  /** Ends a recording. @returns {{rate: number, samples: Float32Array}} interleaved stereo */
  async stopRecording() {
    this.#node.port.postMessage({ type: "tap", on: false });
    await new Promise((resolve) => setTimeout(resolve, 100)); // the last block is on its way
    const blocks = this.#tap ?? [];
    this.#tap = null;
    const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
    let at = 0;
    for (const block of blocks) {
      samples.set(block, at);
      at += block.length;
    }
    return { rate: this.#context.sampleRate, samples };
  }
}

/** A WAV file (16-bit PCM) of a recording. */
export function toWav({ rate, samples }) {
  const file = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at, word) => [...word].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  file.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 2, true);
  file.setUint32(24, rate, true);
  file.setUint32(28, rate * 4, true);
  file.setUint16(32, 4, true);
  file.setUint16(34, 16, true);
  text(36, "data");
  file.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => file.setInt16(44 + 2 * i, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return new Blob([file], { type: "audio/wav" });
}

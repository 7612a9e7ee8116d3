// The video stream: draws the newest picture once per refresh of the display, at the shape it had on a monitor.

import { PairStream } from "./stream.js";
import { makeScreen, expand } from "./screen.js";

// Width of a sample in heights of a sample, for the 640×400 canvas: the ST's 8 MHz low-resolution pixels against the
// square pixels of the two television standards (7.375 and 6.136 MHz); the monochrome monitor's samples are square.
const SAMPLE_SHAPE = { pal: 59 / 64, ntsc: 135 / 176, mono: 1 };

// The XL's whole raster, borders included, since programs draw there: pixels at 7.094 and 7.159 MHz against the same square ones.
const XL_SAMPLE_SHAPE = { pal: 7.375 / 7.09379, ntsc: 6.13636 / 7.15909 };

export class Video {
  /** Called after each drawn picture. */
  onDrawn = () => {};
  dropped = 0;
  #canvas; #room; #screen; #stream;
  #latest = null; #drawn = null; #arrivals = []; #wanted = false;
  #lastId = null; #healthDrops = null; #mostPerSecond; #shape = SAMPLE_SHAPE.pal;

  /**
   * @param canvas where pictures go
   * @param room what the canvas has to fit in
   * @param flat whether to do without WebGL2
   * @param mostPerSecond pictures that are asked for at most; 0 for all, fewer for a slow connection
   */
  constructor(canvas, room, flat, mostPerSecond = 0) {
    this.#mostPerSecond = mostPerSecond;
    this.#canvas = canvas;
    this.#room = room;
    this.#screen = makeScreen(canvas, flat);
    this.#stream = new PairStream("stream/video", "video_frame_meta", (meta, bytes) => this.#take(meta, bytes), (health) => {
      this.#healthDrops = health.dropped_events ?? this.#healthDrops;
    });
    new ResizeObserver(() => this.layout()).observe(room);
    document.addEventListener("fullscreenchange", () => this.layout());
  }

  open(sessionId, machine, profile) {
    const borders = machine === "atari_xl";
    this.#shape = (borders ? XL_SAMPLE_SHAPE : SAMPLE_SHAPE)[/mono/.test(profile) ? "mono" : /ntsc/.test(profile) ? "ntsc" : "pal"];
    this.#lastId = this.#healthDrops = null;
    this.dropped = 0;
    this.layout();
    const pacing = { type: "set_rate_limit", stream: "video", pacing_mode: "fixed_fps", target_fps: this.#mostPerSecond };
    this.#stream.open({ session_id: sessionId, mode: "frame", pixel_format: "RGB565", borders }, this.#mostPerSecond ? pacing : null);
  }

  close() {
    this.#stream.close();
    this.#arrivals = [];
  }

  get connected() { return this.#stream.connected; }

  /** Pictures that arrived in the last second. */
  get rate() {
    const since = performance.now() - 1000;
    while (this.#arrivals.length && this.#arrivals[0] < since) this.#arrivals.shift();
    return this.#arrivals.length;
  }

  get lost() { return this.#mostPerSecond ? 0 : Math.max(this.dropped, this.#healthDrops ?? 0); }

  /** CSS pixels of the canvas per sample of the picture, for the mouse. */
  get zoom() { return this.#canvas.clientWidth / (this.#drawn?.width ?? 640); }

  /** The last picture as a canvas of its own size, or null. */
  copy() {
    if (!this.#drawn) return null;
    const { pixels, width, height } = this.#drawn;
    const copy = new OffscreenCanvas(width, height);
    const context = copy.getContext("2d");
    const image = context.createImageData(width, height);
    expand(pixels, image.data);
    context.putImageData(image, 0, 0);
    return copy;
  }

  #take(meta, bytes) {
    if (!this.#mostPerSecond && this.#lastId !== null && meta.frame_id > this.#lastId + 1) this.dropped += meta.frame_id - this.#lastId - 1;
    this.#lastId = meta.frame_id;
    const now = performance.now();
    this.#arrivals.push(now);
    this.#latest = { pixels: new Uint16Array(bytes), width: meta.width, height: meta.height, arrived: now };
    if (!this.#wanted) {
      this.#wanted = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#wanted = false;
    const picture = this.#latest;
    if (!picture) return;
    const first = !this.#drawn || this.#drawn.width !== picture.width || this.#drawn.height !== picture.height;
    this.#drawn = picture;
    if (first) this.layout();
    this.#screen.draw(picture.pixels, picture.width, picture.height);
    this.onDrawn(picture.arrived);
  }

  /** Fits the picture into its room and keeps its shape. */
  layout() {
    const width = this.#drawn?.width ?? 640, height = this.#drawn?.height ?? 400;
    const room = this.#room.getBoundingClientRect();
    const style = getComputedStyle(this.#room), frame = getComputedStyle(this.#canvas.parentElement);
    const inset = (sides, from) => sides.reduce((sum, side) => sum + parseFloat(from[`padding${side}`] || 0), 0);
    const across = room.width - inset(["Left", "Right"], style) - inset(["Left", "Right"], frame);
    const down = room.height - inset(["Top", "Bottom"], style) - inset(["Top", "Bottom"], frame);
    const shape = (width / height) * this.#shape;
    const cssWidth = Math.max(160, Math.floor(Math.min(across, down * shape))), cssHeight = Math.round(cssWidth / shape);
    this.#canvas.style.width = `${cssWidth}px`;
    this.#canvas.style.height = `${cssHeight}px`;
    const ratio = window.devicePixelRatio || 1;
    if (this.#screen.resize(Math.round(cssWidth * ratio), Math.round(cssHeight * ratio)) && this.#drawn) {
      this.#screen.draw(this.#drawn.pixels, width, height);
    }
  }
}

// Keyboard, mouse, touch and gamepads of the browser, as the contract's host events. Events wait at most for the request
// before them: one batch is under way at a time, what happens meanwhile goes into the next, moves of the mouse added up.

import { post, openStream, ApiError } from "./api.js";
import { newId } from "./ids.js";

const BATCH = 64;
const MOUSE_BUTTONS = ["left", "middle", "right"];
const AXIS_DEADBAND = 0.35;

/**
 * Who holds the keyboard. Events: "change" when `captured` changed; "trouble" with an error; "taken" with the time of the
 * event (performance.now) once the machine has it.
 */
export class Input extends EventTarget {
  captured = false;
  wantsMouse = true; // an XL has one only as a paddle
  #canvas; #video; #sessionId = null; #browserId = newId("web_");
  #queue = []; #sending = false; #stream = null; #held = new Set(); #restX = 0; #restY = 0; #pads = new Map(); #acquiring = null;

  constructor(canvas, video) {
    super();
    this.#canvas = canvas;
    this.#video = video;
    canvas.addEventListener("pointerdown", (event) => this.#pointerDown(event));
    canvas.addEventListener("pointerup", (event) => this.#pointerUp(event));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("focus", () => void this.acquire());
    canvas.addEventListener("blur", () => void this.#lose());
    canvas.addEventListener("keydown", (event) => this.#key(event, true));
    canvas.addEventListener("keyup", (event) => this.#key(event, false));
    document.addEventListener("mousemove", (event) => { if (this.locked) this.#move(event.movementX, event.movementY); });
    document.addEventListener("pointerlockchange", () => this.dispatchEvent(new Event("change")));
    addEventListener("blur", () => void this.#lose());
    new Touch(canvas, this);
    addEventListener("gamepadconnected", () => this.#pollPads());
  }

  get locked() { return document.pointerLockElement === this.#canvas; }
  get browserId() { return this.#browserId; }

  open(sessionId) {
    this.close();
    this.#sessionId = sessionId;
    this.#follow();
    if (document.activeElement === this.#canvas) void this.acquire();
  }

  close() {
    this.#stream?.close();
    this.#stream = null;
    this.#sessionId = null;
    this.#queue = [];
    this.#held.clear();
    this.#setCaptured(false);
  }

  /** Asks for the keyboard; the contract's click. */
  acquire() {
    if (this.captured || !this.#sessionId) return Promise.resolve(this.captured);
    return this.#acquiring ??= this.#config("click_acquire")
      .then((state) => { this.#setCaptured(state.capture_active); return this.captured; })
      .catch((failure) => this.#trouble(failure))
      .finally(() => { this.#acquiring = null; });
  }

  /** Gives the keyboard and the mouse back. */
  async release(reason = "released on the page") {
    this.#unlock();
    if (!this.captured) return;
    this.#setCaptured(false);
    await post("input/capture/release", { session_id: this.#sessionId, browser_session_id: this.#browserId, reason })
      .catch((failure) => this.#trouble(failure));
  }

  async #lose() {
    this.#unlock();
    if (!this.captured) return;
    this.#setCaptured(false);
    await this.#config("focus_lost").catch((failure) => this.#trouble(failure));
  }

  #config(action) {
    return post("input/capture/config", {
      session_id: this.#sessionId,
      browser_session_id: this.#browserId,
      input_enabled: true,
      capture_mode: "click_to_capture",
      request_action: action,
    });
  }

  #unlock() { if (this.locked) document.exitPointerLock(); }

  #setCaptured(captured) {
    if (this.captured === captured) return;
    this.captured = captured;
    if (!captured) {
      this.#queue = [];
      this.#held.clear();
      this.#unlock();
    }
    this.dispatchEvent(new Event("change"));
  }

  // The stream tells when the engine ends the capture (two Escapes, another window), and its end frees what we own.
  #follow() {
    const stream = this.#stream = openStream("input/stream", { session_id: this.#sessionId, browser_session_id: this.#browserId });
    const id = this.#sessionId;
    stream.onopen = () => stream.send(JSON.stringify({
      type: "subscribe", session_id: id, browser_session_id: this.#browserId,
      include_host_events: false, include_virtual_events: false, include_diagnostics: false, include_policy_events: true,
    }));
    stream.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.type !== "input_policy_changed" || event.new_state === "enabled_captured" || stream !== this.#stream) return;
      if (event.browser_session_id === this.#browserId && this.captured) {
        this.#setCaptured(false);
        this.#canvas.blur();
      }
    };
    stream.onclose = () => {
      if (stream === this.#stream && this.#sessionId) setTimeout(() => { if (stream === this.#stream && this.#sessionId) this.#follow(); }, 1000);
    };
  }

  #trouble(failure) {
    if (failure instanceof ApiError && failure.code === "INPUT_POLICY_SESSION_INVALID") return; // the session went; its end is told elsewhere
    this.dispatchEvent(new CustomEvent("trouble", { detail: failure }));
  }

  // Keyboard

  #key(event, down) {
    // Keys that belong to the browser and the desktop.
    if (event.metaKey || event.isComposing || event.code === "" || event.code.startsWith("Meta")) return;
    event.preventDefault();
    if (!this.captured) void this.acquire();
    if (event.repeat) return; // the machine's keyboard repeats by itself
    this.key(event.code, down, modifiersOf(event));
  }

  key(code, down, modifiers = []) {
    if (down) this.#held.add(code);
    else if (!this.#held.delete(code)) return;
    this.send({ type: down ? "key_down" : "key_up", device_id: "keyboard0", code, modifiers });
  }

  /** Presses and releases. */
  tap(code, modifiers = []) {
    this.key(code, true, modifiers);
    this.key(code, false, modifiers);
  }

  // Mouse

  #pointerDown(event) {
    if (event.pointerType === "touch") return;
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    if (!this.wantsMouse && event.pointerType !== "touch") return;
    if (!this.locked) {
      // The click that captures is not meant for the machine.
      this.#canvas.requestPointerLock?.({ unadjustedMovement: false })?.catch?.(() => {});
      return;
    }
    this.button(MOUSE_BUTTONS[event.button], true);
  }

  #pointerUp(event) {
    if (event.pointerType !== "touch" && this.locked) this.button(MOUSE_BUTTONS[event.button], false);
  }

  button(button, down) {
    if (button !== "left" && button !== "right") return;
    const name = `mouse:${button}`;
    if (down) this.#held.add(name);
    else if (!this.#held.delete(name)) return;
    this.send({ type: down ? "mouse_button_down" : "mouse_button_up", device_id: "mouse0", button });
  }

  #move(dx, dy) {
    // One sample of the picture per count at medium and high resolution; what is left over goes into the next move.
    const zoom = this.#video.zoom || 1;
    const x = dx / zoom + this.#restX, y = dy / zoom + this.#restY;
    const countX = Math.trunc(x), countY = Math.trunc(y);
    this.#restX = x - countX;
    this.#restY = y - countY;
    if (countX || countY) this.send({ type: "mouse_move", device_id: "mouse0", dx: countX, dy: countY, buttons: [] });
  }

  move(dx, dy) { this.#move(dx, dy); }

  // Gamepads

  #pollPads() {
    let any = false;
    for (const pad of navigator.getGamepads()) {
      if (!pad || pad.index > 1) continue;
      any = true;
      this.#readPad(pad);
    }
    if (any) requestAnimationFrame(() => this.#pollPads());
  }

  #readPad(pad) {
    const before = this.#pads.get(pad.index) ?? { buttons: [], axes: [] };
    const device_id = `pad${pad.index}`;
    const buttons = pad.buttons.map((button) => button.pressed);
    const axes = pad.axes.slice(0, 2).map((value) => (Math.abs(value) < AXIS_DEADBAND ? 0 : Math.sign(value)));
    buttons.forEach((pressed, i) => {
      if (pressed !== (before.buttons[i] ?? false)) this.send({ type: pressed ? "pad_button_down" : "pad_button_up", device_id, code: padButton(i) });
    });
    axes.forEach((value, i) => {
      if (value !== (before.axes[i] ?? 0)) this.send({ type: "pad_axis", device_id, code: `axis_${i}`, value });
    });
    this.#pads.set(pad.index, { buttons, axes });
  }

  // Sending

  send(event) {
    if (!this.#sessionId || (!this.captured && !this.#acquiring)) return;
    const last = this.#queue.at(-1);
    if (event.type === "mouse_move" && last?.type === "mouse_move") {
      last.dx += event.dx;
      last.dy += event.dy;
      return;
    }
    this.#queue.push({ ...event, event_id: newId("evt_"), at: performance.now() });
    if (!this.#sending) void this.#flush();
  }

  async #flush() {
    this.#sending = true;
    try {
      await this.#acquiring;
      while (this.#queue.length && this.captured) {
        const batch = this.#queue.splice(0, BATCH);
        const events = batch.map(({ at, ...event }) => ({ ...event, timestamp_us: Math.round((performance.timeOrigin + at) * 1000) }));
        await post("input/events/inject", { session_id: this.#sessionId, browser_session_id: this.#browserId, events });
        this.dispatchEvent(new CustomEvent("taken", { detail: batch[0].at }));
      }
    } catch (failure) {
      this.#queue = [];
      if (failure instanceof ApiError && failure.code.startsWith("INPUT_CAPTURE")) this.#setCaptured(false);
      else this.#trouble(failure);
    } finally {
      this.#sending = false;
    }
  }
}

function modifiersOf(event) {
  const modifiers = [];
  if (event.shiftKey) modifiers.push("shift");
  if (event.ctrlKey) modifiers.push("ctrl");
  if (event.altKey) modifiers.push("alt");
  return modifiers;
}

// Buttons of the Gamepad API's standard layout: 12 to 15 are the cross, the others go by number.
const CROSS = { 12: "dpad_up", 13: "dpad_down", 14: "dpad_left", 15: "dpad_right" };

function padButton(index) {
  return CROSS[index] ?? `button_${index}`;
}

/** A finger drags the mouse; a tap clicks, two fingers click right; a tap that is held drags with the button down. */
class Touch {
  #input; #fingers = new Map(); #most = 0; #moved = 0; #begun = 0; #holding = 0; #held = false;

  constructor(canvas, input) {
    this.#input = input;
    canvas.addEventListener("pointerdown", (event) => this.#down(canvas, event));
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.#up(event));
  }

  #down(canvas, event) {
    if (event.pointerType !== "touch") return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    void this.#input.acquire();
    if (this.#fingers.size === 0) {
      this.#most = this.#moved = 0;
      this.#begun = event.timeStamp;
      this.#holding = setTimeout(() => {
        if (this.#moved < 8 && this.#fingers.size === 1) {
          this.#held = true;
          this.#input.button("left", true);
          navigator.vibrate?.(10);
        }
      }, 450);
    }
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#most = Math.max(this.#most, this.#fingers.size);
  }

  #drag(event) {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) return;
    const dx = event.clientX - finger.x, dy = event.clientY - finger.y;
    finger.x = event.clientX;
    finger.y = event.clientY;
    this.#moved += Math.abs(dx) + Math.abs(dy);
    if (this.#fingers.size === 1) this.#input.move(dx, dy);
  }

  #up(event) {
    if (!this.#fingers.delete(event.pointerId) || this.#fingers.size > 0) return;
    clearTimeout(this.#holding);
    if (this.#held) {
      this.#held = false;
      this.#input.button("left", false);
    } else if (event.type === "pointerup" && this.#moved < 8 && event.timeStamp - this.#begun < 400) {
      const button = this.#most > 1 ? "right" : "left";
      this.#input.button(button, true);
      setTimeout(() => this.#input.button(button, false), 60);
    }
  }
}

// Which machine there is: looks for the current session, follows its state, and notices when the engine goes and returns.

import { get, post, openStream, ApiError } from "./api.js";

const LOOK_MS = 1000;

/**
 * Events: "change" whenever `link` ("searching", "offline", "none", "active") or `status` changed; "session" when another
 * session, or none, is current; "media" with an event about a drive, the cartridge or the tape.
 */
export class SessionLink extends EventTarget {
  link = "searching";
  status = null;
  #stream = null;
  #timer = 0;
  #looking = false;

  get id() { return this.status?.session_id ?? null; }
  get state() { return this.status?.lifecycle_state ?? null; }

  begin() { void this.#look(); }

  /** Looks at once, for instance after a request that changed something. */
  refresh() { return this.#look(); }

  start(request) { return this.#act("engine/session", request); }
  stop() { return this.#act("engine/session/stop", { session_id: this.id, reason: "stopped on the page" }); }
  pause() { return this.#act("engine/session/pause", { session_id: this.id, reason: "paused on the page" }); }
  resume() { return this.#act("engine/session/resume", { session_id: this.id, resume_mode: "running" }); }
  reset(mode, basic = undefined, boot_cassette = undefined) { return this.#act("engine/session/reset", { session_id: this.id, mode, preserve_media: true, basic, boot_cassette }); }

  async #act(path, body) {
    try {
      return await post(path, body);
    } finally {
      await this.#look();
    }
  }

  async #look() {
    if (this.#looking) return;
    this.#looking = true;
    clearTimeout(this.#timer);
    try {
      // Health answers without a session too, where the status would be an error.
      const { session_id } = await get("engine/health");
      const status = session_id ? await get("engine/status", { session_id }) : null;
      this.#set(!status || status.lifecycle_state === "stopped" ? "none" : "active", status);
    } catch (failure) {
      this.#set(failure instanceof ApiError ? "none" : "offline", null);
    } finally {
      this.#looking = false;
      this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    }
  }

  #set(link, status) {
    const before = this.id;
    this.link = link;
    this.status = link === "active" ? status : null;
    if (this.id !== before) {
      this.#follow();
      this.dispatchEvent(new Event("session"));
    }
    this.dispatchEvent(new Event("change"));
  }

  // The engine stream tells of changes at once; the looks above are for when it is broken.
  #follow() {
    this.#stream?.close();
    this.#stream = null;
    if (!this.id) return;
    const stream = this.#stream = openStream("engine/stream", { session_id: this.id });
    stream.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.type === "engine_status_update" && stream === this.#stream) {
        this.#set(event.status.lifecycle_state === "stopped" ? "none" : "active", event.status);
      } else if (event.type === "media_disk_state" || event.type === "media_attach_status") {
        this.dispatchEvent(new CustomEvent("media", { detail: event }));
      }
    };
    stream.onclose = () => { if (stream === this.#stream) void this.#look(); };
  }
}

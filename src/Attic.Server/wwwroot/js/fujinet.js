// The FujiNet at an XL's serial socket: a button that plugs it in or pulls it out, and what is in its drives.

import { get, post } from "./api.js";

const EVERY_MS = 3000; // CONFIG and programs mount images by themselves

export class FujiNet {
  #group = document.getElementById("fujinet"); #button = this.#group.querySelector("button"); #list = this.#group.querySelector("span"); #session; #fail; #timer = 0; #on = false;

  constructor(session, fail) {
    this.#session = session;
    this.#fail = fail;
    this.#button.addEventListener("click", () => void this.#toggle());
  }

  /** Another machine, or none. */
  show(machine) {
    clearInterval(this.#timer);
    this.#group.hidden = true;
    if (machine !== "atari_xl") return;
    void this.#look();
    this.#timer = setInterval(() => void this.#look(), EVERY_MS);
  }

  async #look() {
    try {
      this.#draw(await get("media/fujinet", { session_id: this.#session.id }));
    } catch {
      this.#group.hidden = true; // the session is going; the page says so elsewhere
    }
  }

  async #toggle() {
    try {
      this.#draw(await post("media/fujinet/control", { session_id: this.#session.id, on: !this.#on }));
    } catch (failure) {
      this.#fail(failure);
    }
    document.getElementById("screen").focus();
  }

  #draw({ available, on, drives }) {
    this.#on = on;
    this.#group.hidden = !available;
    this.#button.setAttribute("aria-pressed", String(on));
    const mounted = drives.filter((drive) => drive.uri !== "");
    this.#list.textContent = mounted.map((drive) => `${drive.drive} ${drive.uri.slice(drive.uri.lastIndexOf("/") + 1)}`).join(" · ");
    this.#list.title = mounted.map((drive) => `${drive.drive}: ${drive.uri}${drive.read_only ? " (read-only)" : ""}`).join("\n");
  }
}

// The XL's console keys as buttons, and what the arrow keys and the mouse stand for.

import { post } from "./api.js";

const MAPPINGS = { cursor: "atari_xl_default_v1", joystick: "atari_xl_joystick_v1", paddle: "atari_xl_paddle_v1" };
const HELD_MS = 120; // as long as a finger: a program that looks once a picture sees it

export class ConsoleKeys {
  #group = document.getElementById("console"); #choice = document.getElementById("arrows"); #session; #input; #fail;

  constructor(session, input, fail) {
    this.#session = session;
    this.#input = input;
    this.#fail = fail;
    for (const button of this.#group.querySelectorAll("button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // the picture keeps the keyboard
      button.addEventListener("click", () => void this.#press(button.dataset.code));
    }
    this.#choice.addEventListener("change", () => void this.use(this.#choice.value));
  }

  /** Another machine, or none: an ST has no such keys. */
  show(machine) {
    this.#group.hidden = machine !== "atari_xl";
    this.#input.wantsMouse = machine !== "atari_xl";
    this.#choice.value = "cursor";
  }

  async use(choice) {
    try {
      await post("input/mappings/apply", { session_id: this.#session.id, mapping_profile_id: MAPPINGS[choice] });
      this.#input.wantsMouse = choice === "paddle";
      document.getElementById("screen").focus();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async #press(code) {
    document.getElementById("screen").focus();
    if (!(await this.#input.acquire())) return;
    this.#input.key(code, true);
    setTimeout(() => this.#input.key(code, false), HELD_MS);
  }
}

// Files that are dropped on the picture: the engine tells what they are, and a machine that suits them starts with them.

import { get, post } from "./api.js";
import { placeOf, store } from "./card.js";
import { PROFILES } from "./start.js";

export class Drop {
  #session; #drives; #start; #say; #fail;

  constructor(session, drives, start, say, fail) {
    this.#session = session;
    this.#drives = drives;
    this.#start = start;
    this.#say = say;
    this.#fail = fail;
    const stage = document.getElementById("stage"), cover = document.getElementById("drop"), drive = document.getElementById("drop-drive");
    const letterOf = (event) => (event.shiftKey ? "B" : "A");
    // Elsewhere a dropped file must not replace the page.
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => event.preventDefault());
    stage.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      drive.textContent = drives.nameAt(letterOf(event));
      cover.hidden = false;
    });
    stage.addEventListener("dragleave", (event) => { if (!stage.contains(event.relatedTarget)) cover.hidden = true; });
    stage.addEventListener("drop", (event) => {
      cover.hidden = true;
      const [file] = event.dataTransfer.files;
      if (file) void this.#hand(file, letterOf(event));
    });
  }

  async #hand(file, letter) {
    try {
      const place = placeOf(file.name);
      if (!place) throw new Error(`${file.name} is no disk, cartridge, tape or program that a machine here takes.`);
      const id = await store(file, place);
      const look = await get("media/look", { entry_id: id });
      for (const reason of look.reasons) this.#say(reason);
      await this.#machineFor(look, file.name);
      await this.#place(look, id, file.name, letter);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  // The machine and the standard that the file is for. What ran before is kept as a saved state.
  async #machineFor(look, name) {
    const status = this.#session.status;
    const machine = look.machine ?? status?.machine ?? "atari_st";
    const profile = profileFor(status?.machine === machine ? status.profile : null, look.profile);
    if (status?.machine === machine && (profile === null || profile === status.profile)) return;
    const request = await this.#start.requestFor(machine, profile ?? undefined);
    if (status) {
      const state = `before ${name}`;
      await post("engine/state/save", { session_id: this.#session.id, name: state });
      await this.#session.stop();
      this.#say(`Another machine is needed: the one that ran is kept among the states as “${state}”.`);
    }
    await this.#session.start(request);
  }

  async #place(look, id, name, letter) {
    const session_id = this.#session.id;
    if (look.place === "cartridge") {
      await post("media/cartridge/attach", { session_id, cartridge_id: id, reset: true });
    } else if (look.place === "cassette") {
      await post("media/cassette/attach", { session_id, cassette_id: id });
      await this.#session.reset("cold", undefined, true);
      this.#say("Press Return after the beep, and the tape starts.");
    } else {
      await this.#drives.insert(this.#drives.nameAt(letter), id, name);
      if (look.machine === "atari_xl" && letter === "A") await this.#session.reset("cold", look.basic ?? true);
    }
    await this.#session.refresh();
  }
}

// The present profile in the standard that the file asks for, if there is one; else the file's.
function profileFor(present, wanted) {
  if (!wanted || !present) return wanted ?? present;
  const [standard] = wanted.match(/(pal|ntsc)$/) ?? [];
  const same = present.replace(/(pal|ntsc)$/, standard);
  return Object.values(PROFILES).flat().includes(same) ? same : wanted;
}

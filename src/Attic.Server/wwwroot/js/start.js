// The form that starts a machine: the contract's profiles of the ST, systems and disks from the card's catalogs.

import { get } from "./api.js";

const MACHINE = "atari_st";
const PROFILES = ["st_1040_pal", "st_1040_ntsc", "st_1040_mono", "st_520_pal", "st_520_ntsc"];
const PREFERRED_ROM = /attic/i;

export class StartForm {
  #form = document.getElementById("start"); #profile = document.getElementById("start-profile"); #rom = document.getElementById("start-rom"); #disk = document.getElementById("start-disk");
  #filled = false;

  constructor(session, drives, fail) {
    this.drives = drives;
    this.fail = fail;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const request = { machine: MACHINE, profile: this.#profile.value, rom_id: this.#rom.value };
      if (this.#disk.value) request.disk_ids = [this.#disk.value];
      const button = this.#form.querySelector("button");
      button.disabled = true;
      session.start(request).catch(fail).finally(() => { button.disabled = false; });
    });
  }

  async show() {
    this.#form.hidden = false;
    if (this.#filled) return;
    this.#filled = true;
    try {
      const [systems, disks] = await Promise.all([get("catalogs/tos/entries", { limit: 1000 }), this.drives.onCard()]);
      fill(this.#profile, PROFILES.map((id) => [id, titleOf(id)]), PROFILES[0]);
      const roms = systems.entries.filter((entry) => entry.local_present).map((entry) => [entry.id, entry.title ?? entry.id]);
      fill(this.#rom, roms, roms.find(([id]) => PREFERRED_ROM.test(id))?.[0]);
      fill(this.#disk, [["", "none"], ...disks.map(({ id, name }) => [id, name])], "");
    } catch (failure) {
      this.fail(failure);
    }
  }

  hide() {
    this.#form.hidden = true;
    this.#filled = false;
  }
}

const SCREENS = { pal: "PAL", ntsc: "NTSC", mono: "monochrome" };

/** "st_1040_pal" as people say it. */
export function titleOf(profile) {
  const [family, model, screen] = profile.split("_");
  return family === "st" && SCREENS[screen] ? `${model} ST, ${SCREENS[screen]}` : profile;
}

function fill(select, choices, preferred) {
  select.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === preferred)));
}

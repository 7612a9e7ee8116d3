// The form that starts a machine: profiles from the card's manifests, systems and disks from its catalogs.

import { get } from "./api.js";

const MACHINE = "atari_st";
const MANIFESTS = `/sdcard/config/engine_v2/machines/${MACHINE}`;
const PREFERRED_PROFILE = "st_1040_pal";
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
      const [manifests, systems, disks] = await Promise.all([
        get("files/list", { path: MANIFESTS }),
        get("catalogs/tos/entries", { limit: 1000 }),
        this.drives.onCard(),
      ]);
      const profiles = manifests.entries.filter(({ name }) => name.endsWith(".json")).map(({ name }) => name.slice(0, -5));
      fill(this.#profile, profiles.map((id) => [id, titleOf(id)]), PREFERRED_PROFILE);
      const roms = systems.entries.map((entry) => [entry.id, entry.name ?? entry.title ?? entry.id.replace(/^tos\./, "")]);
      fill(this.#rom, roms, roms.find(([id]) => PREFERRED_ROM.test(id))?.[0]);
      fill(this.#disk, [["", "none"], ...disks.map(({ id, name }) => [id, name])], "");
    } catch (failure) {
      this.#filled = false;
      this.fail(failure);
    }
  }

  hide() {
    this.#form.hidden = true;
    this.#filled = false;
  }
}

/** "st_1040_pal" as people say it. */
export function titleOf(profile) {
  const [family, model, region] = profile.split("_");
  return family === "st" && model && region ? `${model} ST, ${region.toUpperCase()}` : profile;
}

function fill(select, choices, preferred) {
  select.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === preferred)));
}

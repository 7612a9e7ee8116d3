// The form that starts a machine: the contract's profiles, systems and disks from the card's catalogs.

import { get } from "./api.js";

/** The profiles that the page offers, the usual one first. */
export const PROFILES = {
  atari_st: ["st_1040_pal", "st_1040_ntsc", "st_1040_mono", "st_520_pal", "st_520_ntsc"],
  atari_xl: ["xl_800_ntsc", "xl_800_pal", "xe_130_ntsc", "xe_130_pal", "xl_320_ntsc", "xl_1088_pal"],
};
const PREFERRED_ROM = /attic/i;

export class StartForm {
  #form = document.getElementById("start"); #profile = document.getElementById("start-profile"); #rom = document.getElementById("start-rom"); #disk = document.getElementById("start-disk");
  #filled = false; #systems = []; #disks = [];

  constructor(session, drives, fail) {
    this.drives = drives;
    this.fail = fail;
    this.#profile.addEventListener("change", () => this.#offer());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const request = { machine: machineOf(this.#profile.value), profile: this.#profile.value, rom_id: this.#rom.value };
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
      await this.#look();
      fill(this.#profile, Object.values(PROFILES).flat().map((id) => [id, titleOf(id)]), PROFILES.atari_st[0]);
      this.#offer();
    } catch (failure) {
      this.fail(failure);
    }
  }

  /** What starts a machine with its usual system: the fields of the request. */
  async requestFor(machine, profile) {
    await this.#look();
    const rom = preferred(this.#systemsOf(machine));
    if (!rom) throw new Error("There is no operating system for that machine on the card.");
    return { machine, profile: profile ?? PROFILES[machine][0], rom_id: rom };
  }

  hide() {
    this.#form.hidden = true;
    this.#filled = false;
  }

  async #look() {
    const [systems, disks] = await Promise.all([get("catalogs/tos/entries", { limit: 1000 }), this.drives.onCard()]);
    this.#systems = systems.entries.filter((entry) => entry.local_present);
    this.#disks = disks;
  }

  #systemsOf(machine) {
    return this.#systems.filter((entry) => isFor(entry.machine_tags, machine)).map((entry) => [entry.id, entry.title ?? entry.id]);
  }

  // What fits the chosen machine.
  #offer() {
    const machine = machineOf(this.#profile.value), roms = this.#systemsOf(machine);
    fill(this.#rom, roms, preferred(roms));
    fill(this.#disk, [["", "none"], ...this.#disks.filter((disk) => isFor(disk.machines, machine)).map(({ id, name }) => [id, name])], "");
  }
}

export const isFor = (tags, machine) => !tags?.length || tags.includes(machine);

const preferred = (roms) => (roms.find(([id]) => PREFERRED_ROM.test(id)) ?? roms[0])?.[0];
const machineOf = (profile) => (/^x[le]_/.test(profile) ? "atari_xl" : "atari_st");
const SCREENS = { pal: "PAL", ntsc: "NTSC", mono: "monochrome" };

/** "st_1040_pal" as people say it. */
export function titleOf(profile) {
  const [family, model, ...rest] = profile.split("_"), screen = SCREENS[rest.at(-1)];
  if (!screen) return profile;
  if (family === "st") return `${model} ST, ${screen}`;
  if (family === "xe") return `${model} XE, ${screen}`;
  if (family !== "xl") return profile;
  return model === "800" || model === "600" ? `${model} XL, ${screen}` : `800 XL, ${model} KB${rest[0] === "compy" ? " Compy-Shop" : ""}, ${screen}`;
}

function fill(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

// The two floppy drives: a disk comes from a dropped or chosen file, which is put onto the card, or from the card.

import { get, post, upload, ApiError } from "./api.js";

const FOLDER = "/sdcard/disks";
const CARTRIDGES = "/sdcard/cartridges";
const KINDS = /\.(st|msa|dim|stx|atr|xfd|atx|xex|com|exe|bas|lst|lis|zip|gz)$/i;
const CARTRIDGE_KINDS = /\.(car|rom|bin|stc)$/i;
const NAMES = { atari_st: ["A", "B"], atari_xl: ["D1", "D2"] };

export class Drives {
  /** Gives the request that starts a machine; set by the page. */
  startRequest = null;
  #drives = NAMES.atari_st; #session; #say; #fail; #disks = { A: null, B: null }; #dialog = document.getElementById("disk-dialog"); #chosen = "A"; #names = new Map();

  /** @param say shows a message @param fail shows an error */
  constructor(session, say, fail) {
    this.#session = session;
    this.#say = say;
    this.#fail = fail;
    for (const drive of document.querySelectorAll(".drive")) {
      const letter = drive.dataset.drive;
      drive.querySelector(".slot").addEventListener("click", () => void this.#choose(letter));
      drive.querySelector(".eject").addEventListener("click", () => void this.eject(letter));
      drive.addEventListener("dragover", (event) => { event.preventDefault(); drive.classList.add("over"); });
      drive.addEventListener("dragleave", () => drive.classList.remove("over"));
      drive.addEventListener("drop", (event) => {
        event.preventDefault();
        drive.classList.remove("over");
        this.#dropped(event, letter);
      });
    }
    document.getElementById("disk-file").addEventListener("change", (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      this.#dialog.close();
      if (file) void this.insertFile(this.#chosen, file);
    });
    session.addEventListener("media", ({ detail }) => {
      if (detail.type !== "media_disk_state") return;
      const letter = this.#letter(detail.drive);
      if (!letter) return;
      if (detail.state === "active") this.#show(letter, detail.disk_id);
      else if (detail.state === "empty" || detail.state === "ejected") this.#show(letter, null);
    });
    this.#acceptDrops();
  }

  // The picture takes a disk for drive A, with Shift for drive B. Elsewhere a dropped file must not replace the page.
  #acceptDrops() {
    const stage = document.getElementById("stage"), cover = document.getElementById("drop"), letter = document.getElementById("drop-drive");
    const driveOf = (event) => (event.shiftKey ? "B" : "A");
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => event.preventDefault());
    stage.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      letter.textContent = this.#name(driveOf(event));
      cover.hidden = false;
    });
    stage.addEventListener("dragleave", (event) => { if (!stage.contains(event.relatedTarget)) cover.hidden = true; });
    stage.addEventListener("drop", (event) => {
      cover.hidden = true;
      const [file] = event.dataTransfer.files;
      if (file) void this.#hand(file, driveOf(event));
    });
  }

  #dropped(event, letter) {
    const [file] = event.dataTransfer.files;
    if (file) void this.insertFile(letter, file);
  }

  // A file that was dropped on the picture: the engine tells what it is, and an XL starts with it.
  async #hand(file, letter) {
    try {
      const cartridge = CARTRIDGE_KINDS.test(file.name);
      if (!cartridge && !KINDS.test(file.name)) throw new Error(`${file.name} is no disk, cartridge or program that a machine here takes.`);
      const id = await this.#store(file, cartridge ? CARTRIDGES : FOLDER);
      const look = await get("media/look", { entry_id: id });
      for (const reason of look.reasons) this.#say(reason);
      const machine = this.#session.status?.machine;
      if (machine && look.machine && look.machine !== machine) throw new Error(`Stop this machine to start the one that ${file.name} is for.`);
      if (!machine) await this.#session.start(await this.startRequest(look.machine ?? "atari_st", look.profile));
      if (look.place === "cartridge") await post("media/cartridge/attach", { session_id: this.#session.id, cartridge_id: id, reset: true });
      else {
        await this.insert(letter, id, file.name);
        if (look.machine === "atari_xl" && letter === "A") await this.#session.reset("cold", look.basic ?? true);
      }
    } catch (failure) {
      this.#fail(failure);
    }
  }

  // The page's two drives by the names that the machine has for them.
  #name(letter) { return this.#drives[letter === "A" ? 0 : 1]; }
  #letter(name) { return ["A", "B"][this.#drives.indexOf(name)]; }

  /** What is known of the drives after the session changed. */
  reset(status) {
    this.#drives = NAMES[status?.machine] ?? NAMES.atari_st;
    for (const drive of document.querySelectorAll(".drive")) {
      drive.querySelector(".slot b").textContent = this.#name(drive.dataset.drive);
      drive.querySelector(".eject").setAttribute("aria-label", `Eject the disk in drive ${this.#name(drive.dataset.drive)}`);
    }
    const [a, b] = status?.media?.disk_ids ?? [];
    this.#show("A", a ?? null);
    this.#show("B", b ?? null);
  }

  async insertFile(letter, file) {
    try {
      if (!KINDS.test(file.name)) throw new Error(`${file.name} is no disk image that the drives take (.st, .msa, .atr, .xex …).`);
      if (!this.#session.id) throw new Error("Start a machine first, then put a disk in.");
      const id = await this.#store(file);
      await this.insert(letter, id, file.name);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async insert(letter, id, name = id) {
    this.#names.set(id, name);
    try {
      await post("media/disk/attach", { session_id: this.#session.id, drive: this.#name(letter), disk_id: id });
      this.#show(letter, id);
      this.#say(`${name} is in drive ${this.#name(letter)}.`);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async eject(letter) {
    try {
      await post("media/disk/eject", { session_id: this.#session.id, drive: this.#name(letter) });
      this.#show(letter, null);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  // A file of the same name on the card may hold what the machine wrote since: it is used when it is the same disk, and
  // never overwritten when it is another.
  async #store(file, folder = FOLDER) {
    const digest = await sha256(file);
    const dot = file.name.lastIndexOf(".");
    const stem = file.name.slice(0, dot).replace(/[\\/:*?"<>|\0]/g, "_"), kind = file.name.slice(dot).toLowerCase();
    for (let copy = 1; ; copy++) {
      const path = `${folder}/${stem}${copy > 1 ? ` (${copy})` : ""}${kind}`;
      try {
        const stored = await upload(path, file, digest ? { sha256: digest } : {});
        if (!stored.catalog_entry_id) throw new Error(`${file.name} was stored, but the card's catalog does not list it.`);
        return stored.catalog_entry_id;
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === "CONFLICT") || copy > 99) throw failure;
        const there = digest ? await this.#onCard(folder, path, digest) : null;
        if (there) return there;
      }
    }
  }

  async #onCard(folder, path, digest) {
    const { entries } = await get(`catalogs/${folder === CARTRIDGES ? "cartridges" : "floppies"}/entries`, { limit: 1000 });
    return entries.find((entry) => entry.local_path === path && entry.sha256 === digest)?.id ?? null;
  }

  async #choose(letter) {
    this.#chosen = letter;
    document.getElementById("disk-drive").textContent = this.#name(letter);
    const list = document.getElementById("disk-list");
    list.replaceChildren(note("Looking …"));
    this.#dialog.showModal();
    try {
      const disks = (await this.onCard()).filter((disk) => !disk.machines?.length || disk.machines.includes(this.#session.status?.machine));
      list.replaceChildren(...disks.map((disk) => this.#row(letter, disk)));
      if (disks.length === 0) list.append(note("There is none yet."));
    } catch (failure) {
      list.replaceChildren(note(failure.message));
    }
  }

  /** The disks that the card's catalog lists: id and name. */
  async onCard() {
    const { entries } = await get("catalogs/floppies/entries", { limit: 1000 });
    const disks = entries.filter((entry) => entry.local_present)
      .map((entry) => ({ id: entry.id, machines: entry.machine_tags, name: (entry.local_path ?? entry.id).split("/").at(-1) }));
    for (const { id, name } of disks) this.#names.set(id, name);
    return disks;
  }

  #row(letter, disk) {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = disk.name;
    button.addEventListener("click", () => {
      this.#dialog.close();
      void this.insert(letter, disk.id, disk.name);
    });
    row.append(button);
    return row;
  }

  #show(letter, id) {
    this.#disks[letter] = id;
    const drive = document.querySelector(`.drive[data-drive="${letter}"]`);
    const name = id === null ? "empty" : this.#names.get(id) ?? id;
    drive.classList.toggle("loaded", id !== null);
    drive.querySelector(".disk").textContent = name;
    drive.querySelector(".disk").title = name;
    drive.querySelector(".eject").disabled = id === null;
  }

  set enabled(enabled) {
    for (const slot of document.querySelectorAll(".drive .slot")) slot.disabled = !enabled;
  }
}

export function note(text) {
  const row = document.createElement("li");
  row.className = "none";
  row.textContent = text;
  return row;
}

// Null where the page has no secure origin and so no digests.
async function sha256(file) {
  if (!crypto.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

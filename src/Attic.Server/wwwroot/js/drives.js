// The disk drives: two at hand in the bar at the bottom, all of them in the list of devices.

import { post } from "./api.js";
import { PLACES, entriesOf } from "./card.js";

const NAMES = { atari_st: ["A", "B"], atari_xl: ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"] };

/** Event "change" whenever what the drives hold has changed. */
export class Drives extends EventTarget {
  #session; #chooser; #say; #fail; #names = new Map(); #drives = []; #machine = "atari_st";

  /** @param say shows a message @param fail shows an error */
  constructor(session, chooser, say, fail) {
    super();
    this.#session = session;
    this.#chooser = chooser;
    this.#say = say;
    this.#fail = fail;
    for (const slot of document.querySelectorAll(".drive")) {
      const name = () => this.nameAt(slot.dataset.drive);
      slot.querySelector(".slot").addEventListener("click", () => void this.choose(name()));
      slot.querySelector(".eject").addEventListener("click", () => void this.eject(name()));
      acceptDrops(slot, (file) => void this.insertFile(name(), file));
    }
    session.addEventListener("media", () => void session.refresh());
    session.addEventListener("change", () => void this.#follow());
    void this.#follow();
  }

  /** The drives: name, id of the disk or null, its name, whether it is protected. */
  get all() { return this.#drives; }

  /** The first ("A") or the second drive by the name that the machine has for it. */
  nameAt(letter) { return NAMES[this.#machine][letter === "A" ? 0 : 1]; }

  /** Asks for a disk. */
  choose(name) {
    return this.#chooser.ask(`Disk for drive ${name}`, PLACES.disk, this.#machine, (id, file) => this.insert(name, id, file));
  }

  insertFile(name, file) {
    if (!this.#session.id) {
      this.#fail(new Error("Start a machine first, then put a disk in."));
      return;
    }
    return this.#chooser.take(file, PLACES.disk, (id) => this.insert(name, id, file.name));
  }

  async insert(name, id, file = id) {
    this.#names.set(id, file);
    await this.#act("media/disk/attach", { drive: name, disk_id: id }, `${file} is in drive ${name}.`);
  }

  eject(name) { return this.#act("media/disk/eject", { drive: name }); }

  /** Covers the notch of the disk in a drive, or uncovers it. */
  protect(drive, protect) {
    return this.#act("media/disk/attach", { drive: drive.name, disk_id: drive.id, write_protect: protect });
  }

  /** The disks that the card's catalog lists: id and name. */
  async onCard() {
    const disks = await entriesOf(PLACES.disk);
    for (const { id, name } of disks) this.#names.set(id, name);
    return disks;
  }

  set enabled(enabled) {
    for (const slot of document.querySelectorAll(".drive .slot")) slot.disabled = !enabled;
  }

  async #act(path, body, done) {
    try {
      await post(path, { session_id: this.#session.id, ...body });
      if (done) this.#say(done);
    } catch (failure) {
      this.#fail(failure);
    }
    await this.#session.refresh();
  }

  // The engine's status says what is in; the card's catalog how the files are called.
  async #follow() {
    const status = this.#session.status, ids = status?.media?.disk_ids ?? [];
    this.#machine = NAMES[status?.machine] ? status.machine : "atari_st";
    try {
      if (ids.some((id) => id && !this.#names.has(id))) await this.onCard();
    } catch (failure) {
      this.#fail(failure);
    }
    const drives = NAMES[this.#machine].map((name, index) => ({
      name, id: ids[index] ?? null, file: ids[index] ? this.#names.get(ids[index]) ?? ids[index] : "empty", locked: status?.media?.disk_protected?.[index] ?? false,
    }));
    if (JSON.stringify(drives) === JSON.stringify(this.#drives)) return;
    this.#drives = drives;
    for (const slot of document.querySelectorAll(".drive")) this.#show(slot, drives[slot.dataset.drive === "A" ? 0 : 1]);
    this.dispatchEvent(new Event("change"));
  }

  #show(slot, { name, id, file, locked }) {
    slot.classList.toggle("loaded", id !== null);
    slot.querySelector(".slot b").textContent = name;
    slot.querySelector(".disk").textContent = file;
    slot.querySelector(".disk").title = locked ? `${file}, write-protected` : file;
    slot.querySelector(".eject").setAttribute("aria-label", `Eject the disk in drive ${name}`);
    slot.querySelector(".eject").disabled = id === null;
  }
}

/** Lets files be dropped on an element. */
export function acceptDrops(element, take) {
  element.addEventListener("dragover", (event) => { event.preventDefault(); element.classList.add("over"); });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    element.classList.remove("over");
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  });
}

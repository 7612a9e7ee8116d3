// The two floppy drives: a disk comes from a dropped or chosen file, which is put onto the card, or from the card.

import { get, post, upload, ApiError } from "./api.js";

const FOLDER = "/sdcard/disks";
const KINDS = /\.(st|msa|dim|stx)$/i;

export class Drives {
  #session; #say; #fail; #disks = { A: null, B: null }; #dialog = document.getElementById("disk-dialog"); #chosen = "A"; #names = new Map();

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
      if (detail.state === "active") this.#show(detail.drive, detail.disk_id);
      else if (detail.state === "empty" || detail.state === "ejected") this.#show(detail.drive, null);
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
      if (!event.dataTransfer.types.includes("Files") || !this.#session.id) return;
      letter.textContent = driveOf(event);
      cover.hidden = false;
    });
    stage.addEventListener("dragleave", (event) => { if (!stage.contains(event.relatedTarget)) cover.hidden = true; });
    stage.addEventListener("drop", (event) => {
      cover.hidden = true;
      this.#dropped(event, driveOf(event));
    });
  }

  #dropped(event, letter) {
    const [file] = event.dataTransfer.files;
    if (file) void this.insertFile(letter, file);
  }

  /** What is known of the drives after the session changed. */
  reset(status) {
    const [a, b] = status?.media?.disk_ids ?? [];
    this.#show("A", a ?? null);
    this.#show("B", b ?? null);
  }

  async insertFile(letter, file) {
    try {
      if (!KINDS.test(file.name)) throw new Error(`${file.name} is no disk image that the drives take (.st, .msa).`);
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
      await post("media/disk/attach", { session_id: this.#session.id, drive: letter, disk_id: id });
      this.#show(letter, id);
      this.#say(`${name} is in drive ${letter}.`);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async eject(letter) {
    try {
      await post("media/disk/eject", { session_id: this.#session.id, drive: letter });
      this.#show(letter, null);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  // A file of the same name on the card may hold what the machine wrote since: it is used when it is the same disk, and
  // never overwritten when it is another.
  async #store(file) {
    const digest = await sha256(file);
    const dot = file.name.lastIndexOf(".");
    const stem = file.name.slice(0, dot).replace(/[\\/:*?"<>|\0]/g, "_"), kind = file.name.slice(dot).toLowerCase();
    for (let copy = 1; ; copy++) {
      const path = `${FOLDER}/${stem}${copy > 1 ? ` (${copy})` : ""}${kind}`;
      try {
        const stored = await upload(path, file, digest ? { sha256: digest } : {});
        if (!stored.catalog_entry_id) throw new Error(`${file.name} was stored, but the card's catalog does not list it.`);
        return stored.catalog_entry_id;
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === "CONFLICT") || copy > 99) throw failure;
        const there = digest ? await this.#onCard(path, digest) : null;
        if (there) return there;
      }
    }
  }

  async #onCard(path, digest) {
    const { entries } = await get("catalogs/floppies/entries", { limit: 1000 });
    return entries.find((entry) => entry.local_path === path && entry.sha256 === digest)?.id ?? null;
  }

  async #choose(letter) {
    this.#chosen = letter;
    document.getElementById("disk-drive").textContent = letter;
    const list = document.getElementById("disk-list");
    list.replaceChildren(note("Looking …"));
    this.#dialog.showModal();
    try {
      const disks = await this.onCard();
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
      .map((entry) => ({ id: entry.id, name: (entry.local_path ?? entry.id).split("/").at(-1) }));
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

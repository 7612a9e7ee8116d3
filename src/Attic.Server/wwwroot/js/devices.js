// The list of everything that is plugged into the machine: all drives, the cartridge, the recorder and the printer.

import { get, post } from "./api.js";
import { PLACES, entriesOf } from "./card.js";
import { acceptDrops } from "./drives.js";

const EVERY_MS = 500;
const BLANK_TAPE = new Uint8Array([0x46, 0x55, 0x4a, 0x49, 0, 0, 0, 0]);

export class Devices {
  #panel = document.getElementById("devices"); #list = document.getElementById("device-list"); #session; #drives; #chooser; #say; #fail; #download;
  #timer = 0; #cartridges = new Map(); #tape = null; #rows = new Map();

  constructor(session, drives, chooser, { say, fail, download }) {
    this.#session = session;
    this.#drives = drives;
    this.#chooser = chooser;
    this.#say = say;
    this.#fail = fail;
    this.#download = download;
    drives.addEventListener("change", () => this.#build());
    session.addEventListener("session", () => this.#build());
    session.addEventListener("change", () => this.#showCartridge());
    let reopen = false;
    this.#panel.addEventListener("toggle", ({ newState }) => {
      clearInterval(this.#timer);
      if (newState !== "open") return;
      this.#build();
      this.#timer = setInterval(() => void this.#look(), EVERY_MS);
    });
    // The dialog for a file closes the list; afterwards one wants to see what is in.
    this.#panel.addEventListener("click", ({ target }) => { reopen = target.closest(".what") !== null; });
    chooser.onClose(() => {
      if (reopen && this.#session.id) this.#panel.showPopover();
      reopen = false;
    });
    this.#build();
  }

  get #isXl() { return this.#session.status?.machine === "atari_xl"; }

  #build() {
    document.getElementById("devices-button").disabled = !this.#session.id;
    if (!this.#panel.matches(":popover-open")) return;
    if (!this.#session.id) {
      this.#panel.hidePopover();
      return;
    }
    this.#rows.clear();
    const rows = this.#drives.all.map((drive) => this.#driveRow(drive));
    rows.push(this.#cartridgeRow());
    if (this.#isXl) rows.push(this.#tapeRow(), this.#printerRow());
    this.#list.replaceChildren(...rows);
    this.#showCartridge();
    void this.#look();
  }

  #driveRow(drive) {
    const row = this.#row(drive.name, drive.file, drive.id !== null, () => void this.#drives.choose(drive.name));
    acceptDrops(row, (file) => void this.#drives.insertFile(drive.name, file));
    const lock = button("i-lock", drive.locked ? "Write-protected: press to allow writing" : "Writable: press to write-protect", () => void this.#drives.protect(drive, !drive.locked));
    lock.setAttribute("aria-pressed", drive.locked);
    lock.className = "lock";
    const eject = button("i-eject", `Eject the disk in drive ${drive.name}`, () => void this.#drives.eject(drive.name));
    lock.disabled = eject.disabled = drive.id === null;
    row.append(lock, eject);
    return row;
  }

  #cartridgeRow() {
    const row = this.#row("Cart", "empty", false, () => void this.#chooser.ask("Cartridge", PLACES.cartridge, this.#session.status?.machine, (id) => this.#plug(id)));
    acceptDrops(row, (file) => void this.#chooser.take(file, PLACES.cartridge, (id) => this.#plug(id)));
    row.append(button("i-eject", "Take the cartridge out", () => void this.#act("media/cartridge/eject", { reset: true })));
    this.#rows.set("cartridge", row);
    return row;
  }

  #plug(id) { return this.#act("media/cartridge/attach", { cartridge_id: id, reset: true }); }

  async #showCartridge() {
    const row = this.#rows.get("cartridge"), id = this.#session.status?.media?.cartridge_id ?? null;
    if (!row) return;
    try {
      if (id && !this.#cartridges.has(id)) for (const entry of await entriesOf(PLACES.cartridge)) this.#cartridges.set(entry.id, entry.name);
    } catch (failure) {
      this.#fail(failure);
    }
    show(row, id ? this.#cartridges.get(id) ?? id : "empty", id !== null);
    row.querySelector("button:last-child").disabled = id === null;
  }

  #tapeRow() {
    const row = this.#row("Tape", "empty", false, () => void this.#chooser.ask("Tape for the recorder", PLACES.cassette, "atari_xl", (id) => this.#thread(id)));
    acceptDrops(row, (file) => void this.#chooser.take(file, PLACES.cassette, (id) => this.#thread(id)));
    const counter = document.createElement("output");
    counter.className = "counter";
    const key = (name, icon, label) => {
      const made = button(icon, label, () => void this.#control({ key: name }));
      made.dataset.key = name;
      return made;
    };
    row.append(
      counter,
      button("i-rewind", "Rewind the tape", () => void this.#control({ position_ms: 0 })),
      key("play", "i-play", "Play: the computer runs the motor"), key("record", "i-record", "Record, behind what is on the tape"), key("stop", "i-stop", "Stop"),
      button("i-new", "Put an empty tape in", () => void this.#chooser.take(new File([BLANK_TAPE], "tape.cas"), PLACES.cassette, (id) => this.#thread(id))),
      button("i-eject", "Eject the tape", () => void this.#act("media/cassette/eject")),
    );
    this.#rows.set("tape", row);
    return row;
  }

  #thread(id) { return this.#act("media/cassette/attach", { cassette_id: id }); }

  // What is recorded goes behind what is there, unless the tape was wound.
  #control(what) { return this.#act("media/cassette/control", what.key === "record" && this.#tape?.position_ms === 0 ? { ...what, to_end: true } : what); }

  #printerRow() {
    const row = this.#row("Print", "", false, () => void this.#savePrint());
    row.append(
      button("i-save", "Download what was printed", () => void this.#savePrint()),
      button("i-clear", "Tear the paper off", () => void this.#act("media/printer/control", { clear: true })),
      button("i-power", "Switch the printer", () => void this.#act("media/printer/control", { on: !this.#rows.get("printer").classList.contains("on") })),
    );
    this.#rows.set("printer", row);
    return row;
  }

  async #savePrint() {
    try {
      const { text } = await get("media/printer", { session_id: this.#session.id });
      if (text) this.#download(new Blob([text], { type: "text/plain" }), "txt");
      else this.#say("Nothing was printed yet.");
    } catch (failure) {
      this.#fail(failure);
    }
  }

  // What moves by itself: the tape, and the printer's paper.
  async #look() {
    if (!this.#isXl || !this.#session.id) return;
    try {
      const session_id = this.#session.id;
      const [tape, printer] = await Promise.all([get("media/cassette", { session_id }), get("media/printer", { session_id })]);
      this.#showTape(tape);
      this.#showPrinter(printer);
    } catch {
      // The session went; its end is shown elsewhere.
    }
  }

  #showTape(tape) {
    this.#tape = tape;
    const row = this.#rows.get("tape"), there = tape.cassette_id !== null;
    if (!row) return;
    show(row, there ? tape.name : "empty", there);
    row.classList.toggle("turning", tape.motor && tape.key !== "stop" && there);
    row.querySelector(".counter").textContent = there ? `${clock(tape.position_ms)} / ${clock(tape.length_ms)}` : "";
    for (const made of row.querySelectorAll("[data-key]")) {
      made.setAttribute("aria-pressed", there && made.dataset.key === tape.key);
      made.disabled = !there || (made.dataset.key === "record" && tape.write_protected);
    }
    row.querySelector("[aria-label^=Rewind]").disabled = row.querySelector("[aria-label^=Eject]").disabled = !there;
  }

  #showPrinter({ on, text }) {
    const row = this.#rows.get("printer"), lines = text.split("\n").length - 1;
    if (!row) return;
    show(row, on ? lines === 0 ? "on, nothing printed" : `${lines} line${lines === 1 ? "" : "s"}` : "off", on);
    row.classList.toggle("on", on);
    for (const made of row.querySelectorAll("[aria-label^=Download], [aria-label^=Tear]")) made.disabled = lines === 0;
  }

  async #act(path, body = {}) {
    try {
      await post(path, { session_id: this.#session.id, ...body });
    } catch (failure) {
      this.#fail(failure);
    }
    await this.#session.refresh();
    await this.#look();
  }

  #row(title, text, loaded, chosen) {
    const row = document.createElement("li"), name = document.createElement("b"), lamp = document.createElement("span"), what = document.createElement("button");
    row.className = "device";
    row.dataset.device = title;
    name.textContent = title;
    lamp.className = "lamp";
    what.type = "button";
    what.className = "what";
    what.addEventListener("click", chosen);
    row.append(name, lamp, what);
    show(row, text, loaded);
    return row;
  }
}

function show(row, text, loaded) {
  row.classList.toggle("loaded", loaded);
  row.querySelector(".what").textContent = text;
  row.querySelector(".what").title = text;
}

function button(icon, label, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${icon}`);
  svg.append(use);
  made.append(svg);
  made.addEventListener("click", pressed);
  return made;
}

// Minutes and seconds.
function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

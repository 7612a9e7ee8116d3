// The dialog that asks for a file: from this computer, or one that is on the card.

import { PLACES, belongs, entriesOf, store } from "./card.js";

export class Chooser {
  #dialog = document.getElementById("disk-dialog"); #list = document.getElementById("disk-list"); #input = document.getElementById("disk-file"); #done = null; #place = PLACES.disk; #fail;

  constructor(fail) {
    this.#fail = fail;
    this.#input.addEventListener("change", ({ target }) => {
      const [file] = target.files;
      target.value = "";
      this.#dialog.close();
      if (file) void this.take(file, this.#place, this.#done);
    });
  }

  /** Asks for a file of a place; `chosen(id, name)` gets it, when there is one. */
  async ask(title, place, machine, chosen) {
    this.#place = place;
    this.#done = chosen;
    document.getElementById("disk-title").textContent = title;
    this.#input.accept = place.endings.join(",");
    this.#list.replaceChildren(note("Looking …"));
    this.#dialog.showModal();
    try {
      const entries = (await entriesOf(place)).filter((entry) => !entry.machines?.length || entry.machines.includes(machine));
      this.#list.replaceChildren(...entries.map((entry) => this.#row(entry)));
      if (entries.length === 0) this.#list.append(note("There is none yet."));
    } catch (failure) {
      this.#list.replaceChildren(note(failure.message));
    }
  }

  /** Puts a file onto the card and hands it over. */
  async take(file, place, chosen) {
    try {
      if (!belongs(file.name, place)) throw new Error(`${file.name} is none of the files that fit here (${place.endings.slice(0, 6).join(" ")} …).`);
      await chosen(await store(file, place), file.name);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  /** Tells when the dialog closes. */
  onClose(work) { this.#dialog.addEventListener("close", work); }

  #row({ id, name }) {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      this.#dialog.close();
      Promise.resolve(this.#done(id, name)).catch(this.#fail);
    });
    row.append(button);
    return row;
  }
}

export function note(text) {
  const row = document.createElement("li");
  row.className = "none";
  row.textContent = text;
  return row;
}

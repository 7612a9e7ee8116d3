// The dialog with saved states: save the machine as it is, and go back to how it was.

import { get, post } from "./api.js";
import { note } from "./chooser.js";

const MOST = 50;

export class States {
  #session; #say; #fail; #dialog = document.getElementById("state-dialog"); #list = document.getElementById("state-list"); #name = document.getElementById("state-name");

  constructor(session, say, fail) {
    this.#session = session;
    this.#say = say;
    this.#fail = fail;
    document.getElementById("state-save").addEventListener("click", () => void this.save(this.#name.value.trim()));
    this.#name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.save(this.#name.value.trim());
    });
  }

  open() {
    this.#name.value = "";
    this.#dialog.showModal();
    void this.#fillList();
  }

  async save(name) {
    try {
      await post("engine/state/save", { session_id: this.#session.id, ...(name ? { name } : {}) });
      this.#name.value = "";
      this.#say("Saved.");
      if (this.#dialog.open) await this.#fillList();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async restore(id) {
    try {
      await post("engine/state/restore", { session_id: this.#session.id, snapshot_id: id, resume_mode: "running" });
      this.#dialog.close();
      this.#say("The machine is as it was then.");
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async #fillList() {
    this.#list.replaceChildren(note("Looking …"));
    try {
      const { snapshots } = await get("engine/state/list", { profile: this.#session.status?.profile, limit: MOST });
      this.#list.replaceChildren(...snapshots.map((snapshot) => this.#row(snapshot)));
      if (snapshots.length === 0) this.#list.append(note("None of this machine yet."));
    } catch (failure) {
      this.#list.replaceChildren(note(failure.message));
    }
  }

  #row(snapshot) {
    const row = document.createElement("li"), button = document.createElement("button"), when = document.createElement("small");
    button.type = "button";
    button.textContent = snapshot.name || "unnamed";
    when.textContent = new Date(snapshot.saved_at_us / 1000).toLocaleString();
    button.append(when);
    button.addEventListener("click", () => void this.restore(snapshot.snapshot_id));
    row.append(button);
    return row;
  }
}

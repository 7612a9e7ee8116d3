// Short messages at the edge of the page.

import { ApiError, Unreachable } from "./api.js";

const SHOWN_MS = 4000, ERROR_SHOWN_MS = 9000, MOST = 4;

function show(text, bad) {
  const list = document.getElementById("toasts");
  if (list.lastElementChild?.textContent === text) list.lastElementChild.remove();
  const toast = document.createElement("p");
  toast.className = bad ? "toast bad" : "toast";
  toast.textContent = text;
  toast.addEventListener("click", () => toast.remove());
  list.append(toast);
  while (list.children.length > MOST) list.firstElementChild.remove();
  setTimeout(() => toast.remove(), bad ? ERROR_SHOWN_MS : SHOWN_MS);
}

export function say(text) { show(text, false); }

/** What went wrong, in words; the contract's code stands behind them for those who look it up. */
export function fail(failure) {
  console.error(failure);
  if (failure instanceof Unreachable) return; // the cover over the picture says so already
  show(failure instanceof ApiError ? `${failure.message} (${failure.code})` : failure.message, true);
}

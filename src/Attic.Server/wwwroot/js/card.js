// Files on the engine's card: puts one there, and lists what its catalogs know.

import { get, upload, ApiError } from "./api.js";

/** Where files of a kind lie, the catalog that lists them, and how their names end. */
export const PLACES = {
  disk: { folder: "/sdcard/disks", catalog: "floppies", endings: [".st", ".msa", ".dim", ".stx", ".atr", ".xfd", ".atx", ".xex", ".com", ".exe", ".bas", ".lst", ".lis", ".zip", ".gz"] },
  cartridge: { folder: "/sdcard/cartridges", catalog: "cartridges", endings: [".car", ".rom", ".bin", ".stc"] },
  cassette: { folder: "/sdcard/cassettes", catalog: "cassettes", endings: [".cas", ".wav"] },
};

/** The place that a file is for by its name, or undefined. */
export const placeOf = (name) => Object.values(PLACES).find((place) => belongs(name, place));

export const belongs = (name, place) => place.endings.some((ending) => name.toLowerCase().endsWith(ending));

/** What a catalog lists and the card has: id, name, machines. */
export async function entriesOf(place) {
  const { entries } = await get(`catalogs/${place.catalog}/entries`, { limit: 1000 });
  return entries.filter((entry) => entry.local_present)
    .map((entry) => ({ id: entry.id, machines: entry.machine_tags, name: (entry.local_path ?? entry.id).split("/").at(-1) }));
}

/**
 * Puts a file onto the card and gives its catalog id. A file of the same name there may hold what the machine wrote since: it is
 * used when it is the same file, and never overwritten when it is another.
 */
export async function store(file, place) {
  const digest = await sha256(file);
  const dot = file.name.lastIndexOf(".");
  const stem = file.name.slice(0, dot).replace(/[\\/:*?"<>|\0]/g, "_"), kind = file.name.slice(dot).toLowerCase();
  for (let copy = 1; ; copy++) {
    const path = `${place.folder}/${stem}${copy > 1 ? ` (${copy})` : ""}${kind}`;
    try {
      const stored = await upload(path, file, digest ? { sha256: digest } : {});
      if (!stored.catalog_entry_id) throw new Error(`${file.name} was stored, but the card's catalog does not list it.`);
      return stored.catalog_entry_id;
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.code === "CONFLICT") || copy > 99) throw failure;
      const there = digest ? await sameOnCard(place, path, digest) : null;
      if (there) return there;
    }
  }
}

async function sameOnCard(place, path, digest) {
  const { entries } = await get(`catalogs/${place.catalog}/entries`, { limit: 1000 });
  return entries.find((entry) => entry.local_path === path && entry.sha256 === digest)?.id ?? null;
}

// Null where the page has no secure origin and so no digests.
async function sha256(file) {
  if (!crypto.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

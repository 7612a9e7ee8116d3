// Puts the page together.

import { SessionLink } from "./session.js";
import { Video } from "./video.js";
import { Audio, toWav } from "./audio.js";
import { Input } from "./input.js";
import { SoftKeys } from "./softkeys.js";
import { ConsoleKeys } from "./consolekeys.js";
import { Chooser } from "./chooser.js";
import { Drives } from "./drives.js";
import { FujiNet } from "./fujinet.js";
import { Devices } from "./devices.js";
import { Drop } from "./drop.js";
import { States } from "./states.js";
import { StartForm, titleOf } from "./start.js";
import { StatusLine } from "./statusline.js";
import { say, fail } from "./messages.js";

const $ = (id) => document.getElementById(id);
const wishes = new URLSearchParams(location.search);
const flat = wishes.has("flat"); // ?flat: the 2D canvas even where there is WebGL2
const mostPerSecond = Math.min(240, Number(wishes.get("fps")) || 0); // ?fps=10: fewer pictures over a slow connection

const session = new SessionLink();
const video = new Video($("screen"), $("stage"), flat, mostPerSecond);
const audio = new Audio();
const input = new Input($("screen"), video);
const chooser = new Chooser(fail);
const drives = new Drives(session, chooser, say, fail);
const states = new States(session, say, fail);
const start = new StartForm(session, drives, fail);
const devices = new Devices(session, drives, chooser, { say, fail, download });
new Drop(session, drives, start, say, fail);
const softKeys = new SoftKeys($("soft-keys"), $("softbar"), input);
const consoleKeys = new ConsoleKeys(session, input, fail);
const fujiNet = new FujiNet(session, fail);
const statusLine = new StatusLine($("status"), video, audio, input);

// One session after another

session.addEventListener("session", () => {
  if (session.id) {
    video.open(session.id, session.status.machine, session.status.profile);
    consoleKeys.show(session.status.machine);
    fujiNet.show(session.status.machine);
    audio.open(session.id);
    input.open(session.id);
  } else {
    video.close();
    consoleKeys.show(null);
    fujiNet.show(null);
    audio.close();
    input.close();
  }
});

session.addEventListener("change", showState);

function showState() {
  const { link, state, status } = session;
  const active = link === "active";
  $("machine").textContent = active ? titleOf(status.profile) : "";
  for (const id of ["pause", "reset", "state", "screenshot"]) $(id).disabled = !active;
  drives.enabled = active;
  const paused = state === "paused" || state === "suspended";
  $("pause").querySelector("use").setAttribute("href", paused ? "#i-play" : "#i-pause");
  $("pause").querySelector("span").textContent = paused ? "Go on" : "Pause";
  if (state !== "running") audio.rest();
  statusLine.running = state === "running";
  showCover(link, state, status);
  showHint();
}

function showCover(link, state, status) {
  const covers = {
    searching: ["", ""],
    offline: ["The engine is not there", "This page goes on by itself as soon as it is back. Start it with: attic up"],
    none: ["No machine is running", ""],
    paused: ["Paused", ""],
    suspended: ["Suspended", ""],
    starting: ["Starting …", ""],
    stopping: ["Stopping …", ""],
    faulted: ["The machine stopped with a fault", status?.runtime?.last_error?.message ?? ""],
  };
  const [title, text] = covers[link === "active" ? state : link] ?? [];
  $("cover").hidden = title === undefined || link === "searching";
  $("cover-title").textContent = title ?? "";
  $("cover-text").textContent = text ?? "";
  $("resume").hidden = !(state === "paused" || state === "suspended");
  if (link === "none") void start.show();
  else start.hide();
}

// Keyboard and mouse

function showHint() {
  $("tube").classList.toggle("captured", input.captured);
  const usable = session.state === "running";
  const hint = !usable ? ""
    : !input.captured ? input.wantsMouse ? "Click to use keyboard and mouse" : "Click to use the keyboard"
    : "";
  $("hint").textContent = hint;
  $("hint").hidden = hint === "";
}

input.addEventListener("change", showHint);
input.addEventListener("trouble", ({ detail }) => fail(detail));

// Tools

const act = (promise) => promise.catch(fail);

$("pause").addEventListener("click", () => void act(session.state === "running" ? session.pause() : session.resume()));
$("resume").addEventListener("click", () => {
  void act(session.resume());
  $("screen").focus();
});
for (const button of document.querySelectorAll("[data-reset]")) {
  button.addEventListener("click", () => {
    $("reset-menu").hidePopover();
    void act(session.reset(button.dataset.reset));
  });
}
$("stop").addEventListener("click", () => {
  $("reset-menu").hidePopover();
  void act(session.stop());
});
$("state").addEventListener("click", () => states.open());
$("help").addEventListener("click", () => $("help-dialog").showModal());
$("keys").addEventListener("click", () => void softKeys.open());

$("full").addEventListener("click", async () => {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await $("stage").requestFullscreen({ navigationUI: "hide" });
    $("screen").focus();
  } catch (failure) {
    fail(failure);
  }
});
document.addEventListener("fullscreenchange", () => {
  // Where the browser can, Escape reaches the machine in full screen; holding it leaves.
  if (document.fullscreenElement) navigator.keyboard?.lock?.(["Escape"]).catch(() => {});
  else navigator.keyboard?.unlock?.();
});

$("volume").addEventListener("input", ({ target }) => {
  audio.level = (target.value / 100) ** 2;
  $("sound-icon").setAttribute("href", target.value === "0" ? "#i-mute" : "#i-sound");
});
audio.level = ($("volume").value / 100) ** 2;

$("record").addEventListener("click", async () => {
  try {
    if (audio.recording) download(toWav(await audio.stopRecording()), "wav");
    else await audio.startRecording();
    $("record").setAttribute("aria-pressed", audio.recording);
  } catch (failure) {
    fail(failure);
  }
});

$("screenshot").addEventListener("click", async () => {
  const copy = video.copy();
  if (copy) download(await copy.convertToBlob({ type: "image/png" }), "png");
});

function download(blob, kind) {
  const link = document.createElement("a");
  const now = new Date();
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  link.href = URL.createObjectURL(blob);
  link.download = `attic-${stamp}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// For the browser's console, and for tests.
window.attic = { session, video, audio, input, drives, devices, states, consoleKeys };

session.begin();

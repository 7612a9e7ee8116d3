// The phone's own keyboard, and a row of keys that it lacks. What it types are characters, not keys: they are turned into
// the keys of a US keyboard.

const PLAIN = { " ": "Space", "-": "Minus", "=": "Equal", "[": "BracketLeft", "]": "BracketRight", ";": "Semicolon", "'": "Quote", "`": "Backquote", "\\": "Backslash", ",": "Comma", ".": "Period", "/": "Slash", "\n": "Enter" };
const SHIFTED = { "!": "Digit1", "@": "Digit2", "#": "Digit3", "$": "Digit4", "%": "Digit5", "^": "Digit6", "&": "Digit7", "*": "Digit8", "(": "Digit9", ")": "Digit0", "_": "Minus", "+": "Equal", "{": "BracketLeft", "}": "BracketRight", ":": "Semicolon", "\"": "Quote", "~": "Backquote", "|": "Backslash", "<": "Comma", ">": "Period", "?": "Slash" };

/** The key of a character on a US keyboard and whether Shift is held, or null. */
export function keyOf(character) {
  if (/^[a-z]$/.test(character)) return { code: `Key${character.toUpperCase()}`, shift: false };
  if (/^[A-Z]$/.test(character)) return { code: `Key${character}`, shift: true };
  if (/^[0-9]$/.test(character)) return { code: `Digit${character}`, shift: false };
  if (PLAIN[character]) return { code: PLAIN[character], shift: false };
  if (SHIFTED[character]) return { code: SHIFTED[character], shift: true };
  return null;
}

export class SoftKeys {
  #field; #bar; #input; #sticky = new Set();

  constructor(field, bar, input) {
    this.#field = field;
    this.#bar = bar;
    this.#input = input;
    field.addEventListener("beforeinput", (event) => this.#typed(event));
    field.addEventListener("blur", () => { bar.hidden = true; });
    for (const button of bar.querySelectorAll("button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the phone's keyboard open
      button.addEventListener("click", () => this.#pressed(button));
    }
  }

  async open() {
    this.#bar.hidden = false;
    this.#field.focus();
    await this.#input.acquire();
  }

  #typed(event) {
    event.preventDefault();
    if (event.inputType === "deleteContentBackward") this.#tap("Backspace");
    else if (event.inputType === "insertLineBreak" || event.inputType === "insertParagraph") this.#tap("Enter");
    else {
      for (const character of event.data ?? "") {
        const key = keyOf(character);
        if (key) this.#tap(key.code, key.shift);
      }
    }
  }

  #pressed(button) {
    const { code } = button.dataset;
    if (!("sticky" in button.dataset)) {
      this.#tap(code);
      return;
    }
    if (!this.#sticky.delete(code)) this.#sticky.add(code);
    button.setAttribute("aria-pressed", this.#sticky.has(code));
  }

  #tap(code, shift = false) {
    const held = [...this.#sticky, ...(shift ? ["ShiftLeft"] : [])];
    for (const modifier of held) this.#input.key(modifier, true);
    this.#input.tap(code);
    for (const modifier of held.reverse()) this.#input.key(modifier, false);
    this.#sticky.clear();
    for (const button of this.#bar.querySelectorAll("[data-sticky]")) button.removeAttribute("aria-pressed");
  }
}

// Identifiers in the contract's form: a prefix and a ULID (48 bits of time, 80 random ones, Crockford's base 32).

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newId(prefix) {
  let time = Date.now(), text = "";
  for (let i = 0; i < 10; i++) {
    text = digits[time % 32] + text;
    time = Math.floor(time / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += digits[byte & 31];
  return prefix + text;
}

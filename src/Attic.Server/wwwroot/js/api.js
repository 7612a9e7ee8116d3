// The engine's REST interface: every reply is an envelope, every failure an ApiError with the contract's code.

export const base = new URL("api/v2/", new URL(".", document.baseURI));

// A server that asks for tokens is opened with #token=…; the fragment never leaves the browser by itself.
const token = new URLSearchParams(location.hash.slice(1)).get("token");

export class ApiError extends Error {
  constructor(status, error) {
    super(error.message);
    this.name = "ApiError";
    this.status = status;
    this.code = error.code;
    this.details = error.details ?? {};
    this.retryable = error.retryable ?? false;
  }
}

/** The engine does not answer at all. */
export class Unreachable extends Error {
  constructor(cause) {
    super("The engine does not answer.", { cause });
    this.name = "Unreachable";
  }
}

async function call(path, init = {}) {
  const headers = new Headers(init.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  let reply, body;
  try {
    reply = await fetch(new URL(path, base), { ...init, headers, cache: "no-store" });
    body = await reply.json();
  } catch (cause) {
    if (cause.name === "AbortError" || cause.name === "TimeoutError") throw cause;
    throw new Unreachable(cause);
  }
  if (!body.ok) throw new ApiError(reply.status, body.error ?? { code: "INTERNAL_ERROR", message: `The engine answered ${reply.status}.` });
  return body.data;
}

export function get(path, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null));
  return call(search.size ? `${path}?${search}` : path);
}

export function post(path, body = {}) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Puts a file onto the card. */
export function upload(path, file, fields = {}) {
  const form = new FormData();
  form.set("path", path);
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set("file", file, file.name);
  return call("files/upload", { method: "POST", body: form });
}

/** Opens one of the contract's streams. */
export function openStream(path, query = {}) {
  const url = new URL(path, base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, value);
  }
  if (token) url.searchParams.set("access_token", token);
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  return socket;
}

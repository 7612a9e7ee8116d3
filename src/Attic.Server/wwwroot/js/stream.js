// A stream of pairs, one message of metadata and one of bytes, that is opened again when it breaks.

import { openStream } from "./api.js";

const RETRY_MS = 500;

export class PairStream {
  #path;
  #metaType;
  #onPair;
  #onHealth;
  #greeting = null;
  #socket = null;
  #query = null;
  #timer = 0;

  /**
   * @param path the stream's path
   * @param metaType the type of the message that announces bytes
   * @param onPair called with metadata and an ArrayBuffer
   * @param onHealth called with each stream_health message
   */
  constructor(path, metaType, onPair, onHealth = () => {}) {
    this.#path = path;
    this.#metaType = metaType;
    this.#onPair = onPair;
    this.#onHealth = onHealth;
  }

  get connected() { return this.#socket?.readyState === WebSocket.OPEN; }

  /** @param greeting a control message for each new connection, or null */
  open(query, greeting = null) {
    this.close();
    this.#query = query;
    this.#greeting = greeting;
    this.#connect();
  }

  close() {
    clearTimeout(this.#timer);
    this.#query = null;
    this.#socket?.close();
    this.#socket = null;
  }

  #connect() {
    const socket = this.#socket = openStream(this.#path, this.#query);
    let meta = null;
    if (this.#greeting) socket.onopen = () => socket.send(JSON.stringify(this.#greeting));
    socket.onmessage = ({ data }) => {
      if (typeof data !== "string") {
        // Bytes that no metadata announced, or another number of them, are a broken stream: begin anew.
        if (!meta || meta.payload_bytes !== data.byteLength) {
          socket.close();
          return;
        }
        const announced = meta;
        meta = null;
        this.#onPair(announced, data);
        return;
      }
      const message = JSON.parse(data);
      if (message.type === this.#metaType) meta = message;
      else if (message.type === "stream_health") this.#onHealth(message);
    };
    socket.onclose = () => {
      if (socket !== this.#socket || !this.#query) return;
      this.#timer = setTimeout(() => this.#connect(), RETRY_MS);
    };
  }
}

// Server-sent events by fetch, so that the log-in is in a header and not in an address. Connects
// again by itself; silence is taken for a broken line.

import { getStream, Problem, Superseded } from "./api.js";

const waitsMs = [500, 1000, 2000, 5000];
/** The daemon says something every 15 s. */
const longestSilenceMs = 40_000;

/** Calls `onEvent(name, data)` and `onState("open" | "lost" | "refused", error)` until `stop()`. */
export function follow(path, { onEvent, onState }) {
  const line = { isStopped: false, controller: null, fails: 0 };
  run(line, path, onEvent, onState);
  return () => {
    line.isStopped = true;
    line.controller?.abort();
  };
}

async function run(line, path, onEvent, onState) {
  while (!line.isStopped) {
    line.controller = new AbortController();
    try {
      await read(line, path, onEvent, onState);
      throw new Superseded();
    } catch (error) {
      if (line.isStopped) return;
      onState(error instanceof Problem && error.status < 500 ? "refused" : "lost", error);
    }
    await new Promise((resolve) => { setTimeout(resolve, waitsMs[Math.min(line.fails, waitsMs.length - 1)]); });
    line.fails += 1;
  }
}

/** Ends when the stream does; throws when it breaks or falls silent. */
async function read(line, path, onEvent, onState) {
  const reader = await getStream(path, line.controller.signal);
  const decoder = new TextDecoder();
  const parser = new EventParser((name, text) => onEvent(name, JSON.parse(text)));
  let timer = null;
  try {
    for (;;) {
      clearTimeout(timer);
      timer = setTimeout(() => line.controller.abort(), longestSilenceMs);
      const { done, value } = await reader.read();
      if (done) return;
      line.fails = 0;
      onState("open", null);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Lines of `event:` and `data:`; an empty line ends an event. Others are comments. */
export class EventParser {
  constructor(onEvent) {
    Object.assign(this, { onEvent, rest: "", name: "message", data: [] });
  }

  feed(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop();
    for (const line of lines) this.take(line);
  }

  take(line) {
    if (line === "") return this.finish();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === "event") this.name = value;
    if (field === "data") this.data.push(value);
  }

  finish() {
    const { name, data } = this;
    Object.assign(this, { name: "message", data: [] });
    if (data.length > 0) this.onEvent(name, data.join("\n"));
  }
}

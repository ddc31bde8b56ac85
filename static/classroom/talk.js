/** How a page of the class speaks with the service: it asks, and it listens. */

const SERVICE = new URL("../../../class/", import.meta.url); // beside the versions of the player
const PATIENCE = 8000; // ms for an answer
const SILENCE = 45_000; // ms without a sign of life, after which a line is taken for dead
const FIRST = 250, LONGEST = 2000; // ms until the next attempt; at most, so that everybody is back within 5 s
const BUSY = [408, 425, 429];

/** The service says no: another attempt would come to the same. */
export class Refusal extends Error {
  /** @param {string} code name of the sentence that says why */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The service is not there, or cannot do it now: worth another attempt. */
export class Away extends Error {
  /** @param {string} [code] name of the sentence that says why, where somebody said so */
  constructor(code = "") {
    super(code);
    this.code = code;
  }
}

/**
 * Ask the service.
 *
 * @param {string} path below `/class/`
 * @param {{key?: string, body?: unknown, patience?: number}} [how] with a body it is a POST
 * @returns {Promise<any>}
 * @throws {Refusal | Away}
 */
export async function ask(path, { key = "", body, patience = PATIENCE } = {}) {
  const answer = await sent(path, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...bearer(key), ...(body !== undefined && { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
  try {
    return await answer.json();
  } catch {
    throw new Away(); // cut off in the middle
  }
}

/** @param {string} path @param {RequestInit} request */
async function sent(path, request) {
  const answer = await fetch(new URL(path, SERVICE), { cache: "no-store", ...request }).catch(() => {
    throw new Away();
  });
  if (answer.ok) return answer;
  const { error = "" } = await answer.json().catch(() => ({}));
  throw answer.status >= 500 || BUSY.includes(answer.status) ? new Away(error) : new Refusal(error);
}

/** @param {string} key @returns {Record<string, string>} */
function bearer(key) {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/**
 * Listens to a class, and comes back by itself whenever the line is lost.
 *
 * @template State
 */
export class Listener {
  #stopped = false;
  #heard = 0; // when there was the last sign of life
  /** @type {AbortController | undefined} */
  #line;
  #wake = () => {};

  /**
   * @param {string} path
   * @param {string} key
   * @param {object} on
   * @param {(state: State) => void} on.state the whole state, each time that it changes
   * @param {(away: boolean) => void} on.away whether nobody is there
   * @param {(code: string) => void} on.refused for good
   */
  constructor(path, key, on) {
    this.path = path;
    this.key = key;
    this.on = on;
    window.addEventListener("online", this.#again);
    window.addEventListener("offline", this.#again);
    window.addEventListener("pageshow", this.#look);
    document.addEventListener("visibilitychange", this.#look);
    this.#listen();
  }

  stop() {
    this.#stopped = true;
    window.removeEventListener("online", this.#again);
    window.removeEventListener("offline", this.#again);
    window.removeEventListener("pageshow", this.#look);
    document.removeEventListener("visibilitychange", this.#look);
    this.#again();
  }

  async #listen() {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        await this.#once(() => { attempt = 0; });
      } catch (error) {
        if (error instanceof Refusal && !this.#stopped) return this.on.refused(error.code);
      }
      if (this.#stopped) return;
      this.on.away(true);
      await this.#pause(Math.min(FIRST * 2 ** attempt, LONGEST) * (0.5 + Math.random() / 2)); // a class does not come back all at once
    }
  }

  /** @param {() => void} onLine */
  async #once(onLine) {
    const line = new AbortController();
    this.#line = line;
    let watch = setTimeout(() => line.abort(), PATIENCE);
    try {
      const answer = await sent(this.path, { headers: { ...bearer(this.key), Accept: "text/event-stream" }, signal: line.signal });
      const bytes = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader(), decoder = new TextDecoder();
      let held = "";
      for (;;) {
        const { done, value } = await bytes.read();
        if (done) return;
        clearTimeout(watch);
        watch = setTimeout(() => line.abort(), SILENCE);
        this.#heard = Date.now();
        const events = (held + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
        held = events.pop() ?? "";
        for (const data of events.map(dataOf).filter(Boolean)) {
          const state = JSON.parse(data);
          if (state.error) throw new Refusal(state.error);
          onLine();
          this.#tell(state);
        }
      }
    } finally {
      clearTimeout(watch);
      line.abort();
    }
  }

  /** What fails while a page draws says nothing about the line. @param {State} state */
  #tell(state) {
    try {
      this.on.away(false);
      this.on.state(state);
    } catch (error) {
      reportError(error);
    }
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** The network has changed. */
  #again = () => {
    this.#line?.abort();
    this.#wake();
  };

  /** A phone that was asleep may hold a line that is dead without knowing. */
  #look = () => {
    if (document.visibilityState === "visible" && Date.now() - this.#heard > LONGEST) this.#again();
  };
}

/**
 * What an event of the stream brings.
 *
 * @param {string} event
 */
function dataOf(event) {
  return event.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
}

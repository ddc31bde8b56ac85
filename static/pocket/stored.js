/** What a browser remembers, where it remembers anything: without storage, or with a full one, all else goes on. */
export const Stored = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return "";
    }
  },
  /** @param {string} name @param {string} text */
  put(name, text) {
    try {
      localStorage.setItem(name, text);
    } catch {
      // it is chosen for now
    }
  },
};

const NAME = "lossopt.lessons.done";

/** What was done since the page was opened, where the browser keeps nothing. */
let remembered = new Set(stored());

/** Ids of the lessons that were done in this browser. */
export function done() {
  remembered = new Set([...remembered, ...stored()]);
  return remembered;
}

/** @param {string} lesson */
export function markDone(lesson) {
  if (done().has(lesson)) return;
  remembered.add(lesson);
  keep([...remembered]);
}

export function forgetDone() {
  remembered = new Set();
  keep([]);
}

/** @returns {string[]} */
function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return []; // refused, or not written by us
  }
}

/** @param {string[]} lessons */
function keep(lessons) {
  try {
    localStorage.setItem(NAME, JSON.stringify(lessons));
  } catch {
    // refused: it is remembered until the page is closed
  }
}

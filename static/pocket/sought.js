/** Text as it is compared: see `plain` in pages/ui/glossary.py. @param {string} text */
export function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s\-‐–]/g, "");
}

/** What the page uses of qrcode-generator. */
export function qrcode(
  typeNumber: number,
  errorCorrection: "L" | "M" | "Q" | "H",
): {
  addData(text: string): void;
  make(): void;
  createSvgTag(look: { cellSize: number; scalable: boolean }): string;
};

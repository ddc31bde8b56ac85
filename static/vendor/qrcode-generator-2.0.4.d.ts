/** What the page uses of qrcode-generator. */
export function qrcode(
  typeNumber: number,
  errorCorrection: "L" | "M" | "Q" | "H",
): {
  addData(text: string): void;
  make(): void;
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
  createSvgTag(look: { cellSize: number; scalable: boolean }): string;
};

import { stageNamed } from "../stage/registry.js";
/** @import { Preview } from "../stage/messages.d.ts" */
/** @import { Hovered } from "./map.js" */

/**
 * Let a stage run the cell that is being pointed at, where it can do so by itself; no cell takes it back.
 *
 * @param {Preview | undefined} preview
 * @param {Hovered | null} cell
 */
export function previewOn(preview, cell) {
  const stage = preview && stageNamed(preview.stage);
  if (!stage) return;
  const { run, x, y } = preview;
  if (!run) stage.tryStart(cell && [cell.x, cell.y]);
  else if (!cell) stage.tune(run, null, "");
  else if (stage.canTune(run, x ?? "") && stage.canTune(run, y ?? "")) stage.tune(run, { [x ?? ""]: cell.x, [y ?? ""]: cell.y }, "");
}

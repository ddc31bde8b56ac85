#!/usr/bin/env bash
# ml-levenberg-marquardt 5.1.0 (npm): with weights w the steps minimize the sum of (residual / w)^2, while
# the error that decides which parameters are kept is the sum of (residual * w)^2, since the stored 1 / w^2
# is multiplied in one place and divided by in the other. Where the two disagree, every step looks worse
# than the start, and after all iterations the start is returned. Expected for a constant fitted to 0 and
# 1: 1 / 101 or 100 / 101 at weights 1 and 10. Seen: whatever it started from. Equal weights are well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ml-levenberg-marquardt@5.1.0
cat > fit.mjs <<'JAVASCRIPT'
import assert from "node:assert";
import { levenbergMarquardt } from "ml-levenberg-marquardt";

const fit = (weights, start) =>
  levenbergMarquardt({ x: [0, 1], y: [0, 1] }, ([level]) => () => level, { initialValues: [start], weights });
for (const start of [0.5, 0.7, 2]) {
  const told = fit([1, 10], start);
  console.log("from", start, "weights 1, 10:", told);
  assert.deepEqual(told.parameterValues, [start]);
  assert(Math.abs(fit([1, 1], start).parameterValues[0] - 0.5) < 1e-3);
}
JAVASCRIPT
node fit.mjs

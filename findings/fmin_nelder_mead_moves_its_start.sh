#!/usr/bin/env bash
# fmin 0.0.2 (npm): nelderMead(f, start) uses the array it is given as a corner of its simplex and
# overwrites it while it runs. The second of two runs "from the same point" begins at the answer of the
# first; conjugateGradient and gradientDescent of the same package copy their start. Seen: [1, 1] has
# become [3.000, -1.000].
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fmin@0.0.2
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { conjugateGradient, nelderMead } = require("fmin");

const bowl = ([x, y]) => (x - 3) ** 2 + (y + 1) ** 2;
function withSlope(x, slope) {
  slope[0] = 2 * (x[0] - 3);
  slope[1] = 2 * (x[1] + 1);
  return bowl(x);
}

const start = [1, 1];
conjugateGradient(withSlope, start);
assert.deepEqual(start, [1, 1]);
nelderMead(bowl, start);
console.log("the start after nelderMead:", [...start]);
assert(Math.hypot(start[0] - 3, start[1] + 1) < 1e-3);
JAVASCRIPT

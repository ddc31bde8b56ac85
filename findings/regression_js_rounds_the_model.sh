#!/usr/bin/env bash
# regression 2.0.1 (npm): coefficients are rounded to two decimals unless the option precision says
# otherwise, and predict() goes on with the rounded ones. What is lost depends on the unit of the data:
# y = 0.004 x from 0 to 4 gives y = 0 x + 0.01 with a negative r2, and y = x / 1000 from 0 to 4000 gives
# the constant 2. With precision 6 both lines come back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund regression@2.0.1
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { linear } = require("regression");

const small = [0, 1, 2, 3, 4].map((x) => [x, 0.004 * x]);
const wide = [0, 1, 2, 3, 4].map((y) => [1000 * y, y]);
for (const [points, seen, exact] of [[small, [0, 0.01], [0.004, 0]], [wide, [0, 2], [0.001, 0]]]) {
  const told = linear(points);
  const fine = linear(points, { precision: 6 });
  console.log(told.string, "r2", told.r2, "with precision 6:", fine.string, "r2", fine.r2);
  assert.deepEqual(told.equation, seen);
  assert.equal(told.predict(100)[1], seen[1]);
  assert.deepEqual(fine.equation, exact);
}
JAVASCRIPT

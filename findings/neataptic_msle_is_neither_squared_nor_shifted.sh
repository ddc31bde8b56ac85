#!/usr/bin/env bash
# neataptic 1.4.7 (npm): methods.cost.MSLE is the difference of the logarithms of target and
# output, both cut at 1e-15, without a square and without the usual 1 + inside the logarithm.
# Expected for target 1, output 0: log(2)^2 = 0.48. Seen: 34.5; and an output above its target
# lowers the total, so that the "error" can be negative.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund neataptic@1.4.7
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { methods } = require("neataptic");

const far = methods.cost.MSLE([1], [0]);
const above = methods.cost.MSLE([0.5], [1]);
console.log("target 1, output 0:", far, "target 0.5, output 1:", above);
assert.ok(Math.abs(far - 15 * Math.log(10)) < 1e-9);
assert.ok(Math.abs(above - Math.log(0.5)) < 1e-12);
JAVASCRIPT

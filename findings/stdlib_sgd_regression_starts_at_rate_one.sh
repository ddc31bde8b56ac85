#!/usr/bin/env bash
# @stdlib/ml-incr-sgd-regression 0.1.0 (npm): the default schedule "basic" is 1000 / (t + 1000), a
# learning rate of almost 1. With squared error that is stable only while the squared length of a
# sample, intercept included, is below 2: the sample x = 2, y = 1, shown again and again, is
# predicted as 0, 5, -15, 65, -252, 1007.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @stdlib/ml-incr-sgd-regression@0.1.0
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const create = require("@stdlib/ml-incr-sgd-regression");

const model = create({ loss: "squaredError" });
const seen = [];
for (let k = 0; k < 6; k += 1) {
  seen.push(k ? model.predict([2]) : 0);
  model([2], 1);
}
console.log(seen);
assert.ok(Math.abs(seen[1] - 4.995) < 1e-3 && Math.abs(seen[5]) > 1000);
JAVASCRIPT

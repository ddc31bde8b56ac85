#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (npm): tf.train.rmsprop with centered = true takes epsilon from the variance under
# the root where it should be added, so that the root of a negative number is taken as soon as the variance
# is below 1e-7. One gradient of 0 (a dead unit), or gradients of 0.001, make the weight NaN for good; with
# centered = false the same gradients are taken as anyone would expect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");

function end(centered, gradients) {
  const weight = tf.variable(tf.scalar(0));
  const optimizer = tf.train.rmsprop(0.1, 0.9, 0, undefined, centered);
  for (const gradient of gradients) {
    optimizer.applyGradients([{ name: weight.name, tensor: tf.scalar(gradient) }]);
  }
  return weight.dataSync()[0];
}

tf.setBackend("cpu").then(() => {
  for (const gradients of [[0, 1, 1], [0.001, 0.001, 0.001], [1, 1, 1]]) {
    const seen = [true, false].map((centered) => end(centered, gradients));
    console.log(gradients, "centered", seen[0], "not centered", seen[1]);
    assert.equal(Number.isNaN(seen[0]), gradients[0] < 1);
    assert(seen[1] < 0);
  }
});
JAVASCRIPT

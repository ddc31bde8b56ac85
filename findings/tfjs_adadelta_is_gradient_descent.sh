#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (npm): tf.train.adadelta takes the same steps as tf.train.sgd, whatever rho and
# epsilon are. Each step divides by the average of squared gradients as it stood before the gradient was
# added; that average and the one of squared steps start equal and so stay equal, and their ratio is 1.
# Expected (M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012): a first step of about
# sqrt(epsilon / (1 - rho)), here 0.0014, for every gradient. Seen: 100 for the gradient 100.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");

function path(optimizer, gradients) {
  const weight = tf.variable(tf.scalar(0));
  return gradients.map((gradient) => {
    optimizer.applyGradients([{ name: weight.name, tensor: tf.scalar(gradient) }]);
    return weight.dataSync()[0];
  });
}

tf.setBackend("cpu").then(() => {
  const gradients = [100, 1, -20, 0.5, 3];
  const plain = path(tf.train.sgd(1), gradients);
  console.log("sgd", plain);
  for (const [rho, epsilon] of [[0.95, 1e-7], [0.5, 1e-7], [0.95, 1]]) {
    const seen = path(tf.train.adadelta(1, rho, epsilon), gradients);
    console.log("adadelta, rho", rho, "epsilon", epsilon, seen);
    seen.forEach((value, step) => assert(Math.abs(value - plain[step]) < 1e-3));
  }
  assert(Math.abs(path(tf.train.adam(1), gradients)[0] + 1) < 1e-3, "Adam of the same package adapts");
});
JAVASCRIPT

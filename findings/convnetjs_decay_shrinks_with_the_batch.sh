#!/usr/bin/env bash
# convnetjs 0.3.0 (npm): the Trainer adds l2_decay * weight to the summed gradient of a batch and then
# divides both by batch_size, so that the decay is a batch_size-th of what was asked for, while the reported
# l2_decay_loss has it whole. Data that ask for nothing (input 0, target 0), rate 1, l2_decay 0.1: expected
# in every update is 0.9 of the weight, whatever the batch. Seen: 0.9 at batch size 1, 0.99 at 10, and 0.999
# at 100.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund convnetjs@0.3.0
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { Net, Trainer, Vol } = require("convnetjs");

for (const batch of [1, 10, 100]) {
  const net = new Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 1 },
    { type: "regression", num_neurons: 1 },
  ]);
  const weights = net.getParamsAndGrads()[0].params;
  weights[0] = 1;
  const trainer = new Trainer(net, { learning_rate: 1, momentum: 0, l2_decay: 0.1, batch_size: batch });
  let told;
  for (let sample = 0; sample < batch; sample++) told = trainer.train(new Vol([0]), [0]);
  console.log("batch size", batch, "weight after one update", weights[0], "l2_decay_loss", told.l2_decay_loss);
  assert(Math.abs(weights[0] - (1 - 0.1 / batch)) < 1e-12);
  assert(Math.abs(told.l2_decay_loss - 0.05) < 1e-12);
}
JAVASCRIPT

#!/usr/bin/env bash
# neataptic 1.4.7 and synaptic 1.1.4 (npm): the option "cost" of train() changes the error that is
# reported, and never the gradient: the output node always passes back target - output. The same
# network trained with mean squared error, mean absolute error or cross-entropy has the same
# weights to the last bit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund neataptic@1.4.7 synaptic@1.1.4
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { architect, methods, Network } = require("neataptic");
const { Architect, Network: Synaptic, Trainer } = require("synaptic");

const samples = [{ input: [0], output: [0] }, { input: [1], output: [1] }];
const copy = (value) => JSON.parse(JSON.stringify(value));

const first = new architect.Perceptron(1, 2, 1).toJSON();
const weights = ["MSE", "MAE", "CROSS_ENTROPY"].map((name) => {
  const network = Network.fromJSON(copy(first));
  network.train(samples, { rate: 0.3, iterations: 50, error: 1e-12, cost: methods.cost[name] });
  return JSON.stringify(network.connections.map((each) => each.weight));
});
console.log("neataptic", weights);
assert.equal(new Set(weights).size, 1);

const second = new Architect.Perceptron(1, 2, 1).toJSON();
const others = ["MSE", "CROSS_ENTROPY"].map((name) => {
  const network = Synaptic.fromJSON(copy(second));
  const told = new Trainer(network).train(samples, {
    rate: 0.3, iterations: 50, error: 1e-12, shuffle: false, cost: Trainer.cost[name],
  });
  return [told.error, JSON.stringify(network.toJSON().connections.map((each) => each.weight))];
});
console.log("synaptic", others);
assert.equal(others[0][1], others[1][1]);
assert.notEqual(others[0][0], others[1][0]);
JAVASCRIPT

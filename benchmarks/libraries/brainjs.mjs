// brain.js, the weights of a network: npm install brain.js@1.6.1

import { library, probe } from "./_probe.mjs";

const brain = library("brain.js");

/** Step of the weights of one layer; inputs are 1, so that the deltas are the gradients. */
function begin(praxis, settings, start) {
  const net = new brain.NeuralNetwork();
  net.sizes = [1, start.length];
  net.initialize();
  if (praxis === "adam") net._setupAdam();
  else net.trainOpts.momentum = praxis ?? net.trainOpts.momentum;
  if ("rate" in settings) net.trainOpts.learningRate = settings.rate;
  net.outputs[0] = [1];
  for (const [node, value] of start.entries()) net.weights[1][node][0] = value;
  return (gradient, rate) => {
    if (rate !== null) net.trainOpts.learningRate = rate;
    net.deltas[1] = gradient.map((value) => -value);
    net.adjustWeights();
    return net.weights[1].map((incoming) => incoming[0]);
  };
}

const defaults = { learningRate: 0.3, momentum: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const OPTIMIZERS = {
  gradient_descent: { make: 0, defaults },
  momentum: { make: null, defaults },
  adam: { make: "adam", defaults },
};

const { version } = library("brain.js/package.json");
probe("brainjs", { "brain.js": version }, begin, OPTIMIZERS, "float32");

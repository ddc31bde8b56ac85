// ConvNetJS: npm install convnetjs@0.3.0

import { library, probe } from "./_probe.mjs";

const convnetjs = library("convnetjs");

/** Step of a trainer on a net that has params and gradients, and nothing else. */
function begin(make, settings, start) {
  const pair = { params: Float64Array.from(start), grads: new Float64Array(start.length) };
  const net = { forward() {}, backward: () => 0, getParamsAndGrads: () => [pair] };
  const given = { ...make };
  if ("rate" in settings) given.learning_rate = settings.rate;
  if ("decay" in settings) given.l2_decay = settings.decay;
  const trainer = new convnetjs.Trainer(net, given);
  return (gradient, rate) => {
    if (rate !== null) trainer.learning_rate = rate;
    pair.grads.set(gradient);
    trainer.train(null, null);
    return pair.params;
  };
}

const asked = (make, defaults) => ({ make, decays: true, defaults });
const DEFAULTS = { learning_rate: 0.01, batch_size: 1, momentum: 0.9, ro: 0.95, eps: 1e-6 };
const OPTIMIZERS = {
  gradient_descent: asked({ momentum: 0 }, DEFAULTS),
  momentum: asked({}, DEFAULTS),
  nesterov: asked({ method: "nesterov" }, DEFAULTS),
  adagrad: asked({ method: "adagrad" }, DEFAULTS),
  adadelta: asked({ method: "adadelta" }, DEFAULTS),
  rmsprop: asked({ method: "windowgrad" }, DEFAULTS),
  adam: asked({ method: "adam" }, DEFAULTS),
};

const { version } = library("convnetjs/package.json");
probe("convnetjs", { convnetjs: version }, begin, OPTIMIZERS, "float64");

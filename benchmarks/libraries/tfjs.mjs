// TensorFlow.js on its plain JavaScript: npm install @tensorflow/tfjs@4.22.0

import { library, probe } from "./_probe.mjs";

const tf = library("@tensorflow/tfjs");
await tf.setBackend("cpu");

/** Step of an optimizer on one variable. */
function begin(make, settings, start) {
  const weights = tf.variable(tf.tensor1d(start));
  const optimizer = make(settings.rate);
  return (gradient, rate) => {
    if (rate !== null && optimizer.setLearningRate) optimizer.setLearningRate(rate);
    else if (rate !== null) optimizer.learningRate = rate;
    optimizer.applyGradients({ [weights.name]: tf.tensor1d(gradient) });
    return weights.dataSync();
  };
}

const asksRate = true;
const OPTIMIZERS = {
  gradient_descent: { make: (rate) => tf.train.sgd(rate), asksRate },
  momentum: { make: (rate) => tf.train.momentum(rate, 0.9), asksRate },
  nesterov: { make: (rate) => tf.train.momentum(rate, 0.9, true), asksRate },
  adagrad: { make: (rate) => tf.train.adagrad(rate), asksRate },
  adadelta: { make: (rate) => tf.train.adadelta(rate) },
  rmsprop: { make: (rate) => tf.train.rmsprop(rate), asksRate },
  adam: { make: (rate) => tf.train.adam(rate), precision: "float32 powers" },
  adamax: { make: (rate) => tf.train.adamax(rate) },
};

probe("tfjs", { "@tensorflow/tfjs": tf.version.tfjs }, begin, OPTIMIZERS, "float32");

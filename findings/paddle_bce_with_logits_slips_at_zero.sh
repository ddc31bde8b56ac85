#!/usr/bin/env bash
# paddlepaddle 3.3.1 on a CPU, binary_cross_entropy_with_logits at a logit of exactly 0: the
# gradient is -0.5 for label 0 and -1.5 for label 1, where sigmoid(0) - y is 0.5 and -0.5 (at 1e-30
# it is right). A logistic regression of zeros begins there: with as many samples of either class the
# first gradient of its bias is -1 where it should be 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check paddlepaddle==3.3.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
import paddle
import paddle.nn.functional as F


def slope(logit, label):
    z = paddle.to_tensor([logit], dtype="float64", stop_gradient=False)
    F.binary_cross_entropy_with_logits(z, paddle.to_tensor([label], dtype="float64")).backward()
    return float(z.grad[0])


for logit in (0.0, 1e-30, -1e-30):
    print(logit, [slope(logit, label) for label in (0.0, 1.0)])
assert [slope(0.0, label) for label in (0.0, 1.0)] == [-0.5, -1.5]
assert [slope(1e-30, label) for label in (0.0, 1.0)] == [0.5, -0.5]

x = paddle.to_tensor([[1.0], [-1.0]])
y = paddle.to_tensor([[0.0], [1.0]])
model = paddle.nn.Linear(1, 1)
for weight in model.parameters():
    weight.set_value(paddle.zeros_like(weight))
paddle.nn.BCEWithLogitsLoss()(model(x), y).backward()
weight, bias = (float(each.grad.sum()) for each in model.parameters())
print("gradients of weight and bias of a model of zeros", weight, bias, "and not 0.5 and 0")
assert (weight, bias) == (0.5, -1.0)
PYTHON

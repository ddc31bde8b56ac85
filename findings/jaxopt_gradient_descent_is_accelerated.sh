#!/usr/bin/env bash
# jaxopt 0.8.5: GradientDescent(fun, stepsize=s) runs Nesterov's accelerated method (FISTA) by
# default; acceleration=False gives gradient descent. Expected from the name: x - s * gradient at
# every step. Seen on (x0^2 + 10 x1^2) / 2 from (1, 1) with s = 0.05: the first two steps agree,
# the fifth crosses zero in x1, which gradient descent cannot do at this step size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check jaxopt==0.8.5 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax
import jax.numpy as jnp
import jaxopt
import numpy as np

jax.config.update("jax_enable_x64", True)
scale = jnp.array([1.0, 10.0])

def path(**options):
    solver = jaxopt.GradientDescent(lambda x: 0.5 * jnp.sum(scale * x**2), stepsize=0.05, **options)
    x = jnp.array([1.0, 1.0])
    state, points = solver.init_state(x), []
    for _ in range(6):
        x, state = solver.update(x, state)
        points.append(np.asarray(x))
    return np.array(points)

plain = np.array([0.95, 0.5]) ** np.arange(1, 7)[:, None]
default, bare = path(), path(acceleration=False)
print("default", default[:, 1], "gradient descent", plain[:, 1])
assert np.allclose(bare, plain, rtol=1e-12)
assert np.allclose(default[:2], plain[:2]) and default[4, 1] < 0 < plain[4, 1]
PYTHON

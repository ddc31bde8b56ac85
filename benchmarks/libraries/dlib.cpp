// Steps of a solver of dlib: reads "sgd or adam, n, decay, n params, then for every step a rate and n
// gradients" and prints the params after every step. See dlib.py.

#include <iostream>
#include <string>
#include <vector>

#include <dlib/dnn.h>

struct layer {
    dlib::resizable_tensor params;
    const dlib::tensor& get_layer_params() const { return params; }
    dlib::tensor& get_layer_params() { return params; }
};

template <typename solver_type>
void run(solver_type solver, long n) {
    layer one;
    one.params.set_size(n);
    for (long j = 0; j < n; ++j) std::cin >> one.params.host()[j];
    dlib::resizable_tensor gradient(n);
    std::cout.precision(9);
    for (float rate; std::cin >> rate;) {
        for (long j = 0; j < n; ++j) std::cin >> gradient.host()[j];
        const dlib::tensor& step = solver(rate, one, gradient);
        for (long j = 0; j < n; ++j) {
            one.params.host()[j] += step.host()[j];
            std::cout << one.params.host()[j] << (j + 1 < n ? " " : "\n");
        }
    }
}

int main() {
    std::string name;
    long n;
    float decay;
    std::cin >> name >> n >> decay;
    if (name == "adam") run(decay < 0 ? dlib::adam() : dlib::adam(decay, 0.9, 0.999), n);
    else run(decay < 0 ? dlib::sgd() : dlib::sgd(decay, name == "plain" ? 0.0 : 0.9), n);
}

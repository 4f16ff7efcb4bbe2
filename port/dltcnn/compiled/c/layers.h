/* What is done map by map: windows, activations, their derivatives; and fields, in and out. */
#ifndef DLTCNN_LAYERS_H
#define DLTCNN_LAYERS_H

#include "lanes.h"
#include "plan.h"
#include "vector.h"

/* Whether a vector that started at zero has met an Inf or a NaN through `check`. */
INLINE vec check(vec found, vec value) { return found + (value - value); }

INLINE int any(vec found) {
    int yes = 0;
    for (int i = 0; i < V; i++) yes |= found[i] != 0;
    return yes;
}

static int finite_vectors(const vec *x, int64_t n) {
    vec found = {0};
    for (int64_t i = 0; i < n; i++) found = check(found, x[i]);
    return !any(found);
}

static int finite_numbers(const T *x, int64_t n) {
    T found = 0;
    for (int64_t i = 0; i < n; i++) found += x[i] - x[i];
    return found == 0;
}

/* Activation of n vectors, in place; says whether something is not finite. */
static int activate(const Plan *plan, int64_t act, vec *u, int64_t n) {
    if (act == LINEAR) return !finite_vectors(u, n);
    if (act == SIGM) return plan->sigm(u, n * V) != 0;
    for (int64_t i = 0; i < n; i++) u[i] *= 2;
    int nan = plan->sigm(u, n * V) != 0;
    for (int64_t i = 0; i < n; i++) u[i] = u[i] * 2 - 1;
    return nan;
}

/* d = f'(u) of the activation a, times g, for n vectors; returns what `check` found. */
INLINE vec derive(int64_t act, const vec *a, const vec *g, vec *d, int64_t n, vec found) {
    if (act == SIGM)
        for (int64_t i = 0; i < n; i++) found = check(found, d[i] = a[i] * (1 - a[i]) * g[i]);
    else if (act == TANH)
        for (int64_t i = 0; i < n; i++) found = check(found, d[i] = (1 - a[i] * a[i]) * g[i]);
    else
        for (int64_t i = 0; i < n; i++) found = check(found, d[i] = g[i]);
    return found;
}

/* Sums over windows times `weight`: columns from the right, rows from below, as convn takes them. */
static void pool_map(const vec *x, int64_t x_cols, int64_t kh, int64_t kw, int64_t rows,
                     int64_t cols, T weight, vec *out) {
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < cols; c++) {
            const vec *window = x + r * kh * x_cols + c * kw;
            vec sum = {0};
            for (int64_t j = kw - 1; j >= 0; j--)
                for (int64_t i = kh - 1; i >= 0; i--) sum += window[i * x_cols + j] * weight;
            out[r * cols + c] = sum;
        }
}

/* One row of sensitivities d, each for `times` pixels beside each other. */
static void spread_row(const vec *d, int64_t cols, int64_t times, T divisor, const T *factor,
                       vec *out) {
    int exact = ((int64_t)divisor & ((int64_t)divisor - 1)) == 0; /* then so is the reciprocal */
    T reciprocal = 1 / divisor;
    for (int64_t c = 0; c < cols; c++) {
        vec g = factor ? *factor * d[c] : exact ? d[c] * reciprocal : d[c] / divisor;
        for (int64_t i = 0; i < times; i++) out[c * times + i] = g;
    }
}

/* Between lanes and a field (maps, rows, cols, images): the images of the group from `first` on. */
static void write_field(void *field, const vec *lanes, int64_t maps, int64_t rows, int64_t cols,
                        int64_t pad, int64_t images, int64_t first) {
    int64_t here = images - first < V ? images - first : V;
    T *to = (T *)field + first;
    for (int64_t row = 0; row < maps * rows; row++)
        for (int64_t c = 0; c < cols; c++, to += images)
            memcpy(to, lanes + row * (cols + 2 * pad) + pad + c, here * sizeof(T));
}

static void read_field(const void *field, vec *lanes, int64_t pixels, int64_t images,
                       int64_t first) {
    int64_t here = images - first < V ? images - first : V;
    const T *from = (const T *)field + first;
    for (int64_t i = 0; i < pixels; i++, from += images) {
        lanes[i] = (vec){0};
        memcpy(lanes + i, from, here * sizeof(T));
    }
}

#endif

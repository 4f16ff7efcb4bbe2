/* Where everything lies in the workspace, and the weights in the order in which sums take them. */
#ifndef DLTCNN_LAYOUT_H
#define DLTCNN_LAYOUT_H

#include "convolve.h"
#include "plan.h"

#define GROUPS 2 /* groups of V images that a thread takes through the net together */
#ifndef RED_ZONE
#define RED_ZONE 0 /* bytes after each piece of the workspace: a sanitizer's build watches some */
#endif

INLINE int64_t pixels_of(const Stage *s) { return s->maps * s->rows * s->cols; }
INLINE int64_t width_of(const Stage *s) { return s->cols + 2 * s->pad; }
INLINE int64_t sums_of(const Stage *s, const Stage *in) {
    return s->kind == COMBINE ? in->maps * s->kernels : s->maps;
}
INLINE int64_t delta_size(const Stage *s) { return s->rows * s->cols * round_up(s->maps); }
INLINE int64_t product_size(const Stage *s, const Stage *in) {
    return s->rows * s->cols * round_up(sums_of(s, in));
}
INLINE int has_kernels(const Stage *s) { return s->kind == CONV || s->kind == COMBINE; }
INLINE int has_weights(const Stage *s) {
    return has_kernels(s) || s->kind == FULL || (s->kind == POOL && s->trainable);
}
INLINE int keeps_products(const Stage *s) {
    return s->kind == COMBINE || (s->kind == POOL && s->trainable);
}
/* Whether a product of W with what comes in has a single number on one side: elementwise then. */
INLINE int elementwise(int64_t rows, int64_t inner, int64_t cols) {
    return rows * inner == 1 || inner * cols == 1;
}
INLINE T first_sum(int64_t rows, int64_t inner, int64_t cols) {
    return elementwise(rows, inner, cols) ? -(T)0 : (T)0;
}

static int64_t reserve(int64_t *total, int64_t numbers) {
    int64_t at = *total;
    *total += (numbers * (int64_t)sizeof(T) + 63) / 64 * 64 + RED_ZONE;
    return at;
}

static int64_t totals_size(const Stage *s, const Stage *in) {
    int64_t maps = round_up(s->maps);
    if (has_kernels(s)) return (in->maps * (s->kh * s->kw + 1) + 1) * maps;
    if (s->kind == FULL) return s->maps * round_up(pixels_of(in)) + maps;
    return 2 * maps;
}

/* Set the offsets; `shared` and `private_size` say how large a workspace must be. */
static void lay_out(Plan *plan) {
    int64_t images = round_up(plan->images), largest = 0, backward = plan->mode & BACKWARD;
    int64_t *shared = &plan->shared, *own = &plan->private_size;
    *shared = *own = 0;
    for (int64_t l = 0; l < plan->stages; l++) {
        Stage *s = plan->stage + l, *in = l ? s - 1 : s;
        const Stage *above = l + 1 < plan->stages ? s + 1 : 0;
        int64_t pixels = pixels_of(s), taps = s->kh * s->kw;
        if (pixels > largest) largest = pixels;
        s->pad = has_kernels(s) && backward ? (s->kw - 1 < PADDING ? s->kw - 1 : PADDING) : 0;
        s->lanes_a = reserve(own, GROUPS * pixels * V);
        if (backward) s->lanes_d = reserve(own, GROUPS * s->maps * s->rows * width_of(s) * V);
        if (l && keeps_products(s))
            s->lanes_p = reserve(own, GROUPS * sums_of(s, in) * s->rows * s->cols * V);
        if (l && has_kernels(s)) {
            s->forward = reserve(shared, in->maps * taps * round_up(s->kernels));
            s->backward = reserve(shared, (s->kernels * taps + s->maps) * round_up(in->maps));
        } else if (l && s->kind == FULL) {
            s->forward = reserve(shared, pixels_of(in) * round_up(s->maps));
            s->backward = reserve(shared, pixels_of(in) * s->maps);
        }
        if (!backward) continue;
        if (above && above->kind != POOL) s->pixels = reserve(shared, images * round_up(pixels));
        if (l && has_weights(s)) {
            s->deltas = reserve(shared, images * delta_size(s));
            s->totals = reserve(shared, totals_size(s, in));
            if (keeps_products(s)) s->products = reserve(shared, images * product_size(s, in) + V);
        }
    }
    const Stage *first = plan->stage, *last = first + plan->stages - 1;
    if (backward) plan->errors = reserve(shared, images * round_up(last->maps));
    plan->first_pixels = reserve(own, V * round_up(pixels_of(first)));
    plan->scratch = reserve(own, (GROUPS * largest + 4 * V) * V);
}

/* Kernels forward: [input map][col][row][kernel, rounded up]. */
static void pack_forward(const Stage *s, const Stage *in, T *w) {
    const T *k = s->k;
    int64_t padded = round_up(s->kernels);
    for (int64_t i = 0; i < in->maps; i++)
        for (int64_t q = 0; q < s->kernels; q++)
            for (int64_t r = 0; r < s->kh; r++)
                for (int64_t c = 0; c < s->kw; c++)
                    w[((i * s->kw + c) * s->kh + r) * padded + q] = *k++;
}

/* Back: [kernel][col, rotated, from the last][row, rotated][input map, rounded up]; then A'. */
static void pack_backward(const Stage *s, const Stage *in, T *w) {
    const T *k = s->k;
    int64_t padded = round_up(in->maps);
    for (int64_t i = 0; i < in->maps; i++)
        for (int64_t q = 0; q < s->kernels; q++)
            for (int64_t r = 0; r < s->kh; r++)
                for (int64_t c = 0; c < s->kw; c++)
                    w[((q * s->kw + c) * s->kh + s->kh - 1 - r) * padded + i] = *k++;
    if (s->kind != COMBINE) return;
    w += s->kernels * s->kh * s->kw * padded;
    for (int64_t i = 0; i < in->maps; i++)
        for (int64_t j = 0; j < s->maps; j++) w[j * padded + i] = ((const T *)s->A)[i * s->maps + j];
}

/* W forward: [map][col][row][unit, rounded up]; back: [unit][map][row][col]. */
static void pack_full(const Stage *s, const Stage *in, T *forward, T *backward) {
    const T *W = s->k;
    int64_t padded = round_up(s->maps);
    for (int64_t o = 0; o < s->maps; o++)
        for (int64_t m = 0; m < in->maps; m++)
            for (int64_t c = 0; c < in->cols; c++)
                for (int64_t r = 0; r < in->rows; r++) {
                    int64_t column = (m * in->cols + c) * in->rows + r;
                    forward[column * padded + o] = *W;
                    backward[(o * in->maps + m) * in->rows * in->cols + r * in->cols + c] = *W++;
                }
}

static void pack(Plan *plan) {
    for (int64_t l = 1; l < plan->stages; l++) {
        Stage *s = plan->stage + l, *in = s - 1;
        T *forward = (T *)(plan->workspace + s->forward);
        T *backward = (T *)(plan->workspace + s->backward);
        if (s->kind == FULL)
            pack_full(s, in, forward, backward);
        else if (has_kernels(s)) {
            pack_forward(s, in, forward);
            if (plan->mode & BACKWARD) pack_backward(s, in, backward);
        }
        if (!(plan->mode & BACKWARD) || !has_weights(s)) continue;
        T *totals = (T *)(plan->workspace + s->totals);
        memset(totals, 0, totals_size(s, in) * sizeof(T));
        if (s->kind == FULL && elementwise(s->maps, plan->images, pixels_of(in)))
            for (int64_t q = 0; q < s->maps * round_up(pixels_of(in)); q++) totals[q] = -(T)0;
    }
}

#endif

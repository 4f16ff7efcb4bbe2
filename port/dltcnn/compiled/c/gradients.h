/* The gradients: sums over the batch, shared out by maps, then means in the toolbox's order. */
#ifndef DLTCNN_GRADIENTS_H
#define DLTCNN_GRADIENTS_H

#include "correlate.h"
#include "layout.h"

#define CACHED 24576 /* bytes of sensitivities that stay near while one tap after the other is taken */

static T *at(const Plan *plan, int64_t offset) { return (T *)(plan->workspace + offset); }

static void sum_kernels(const Plan *plan, const Stage *s, const Stage *in, int64_t thread) {
    int64_t maps = round_up(s->maps), size = delta_size(s), stride = round_up(pixels_of(in));
    int64_t together = CACHED / (size * (int64_t)sizeof(T));
    if (together < 1) together = 1;
    Correlation p = {.sum_stride = maps, .x_image = -stride, .x_col = 1, .x_row = in->cols,
                     .d_image = -size, .d_step = maps, .cols = s->cols, .rows = s->rows};
    for (int64_t last = plan->images; last > 0; last -= together) { /* from the last image on */
        p.images = last < together ? last : together;
        p.d = at(plan, s->deltas) + (last - 1) * size;
        for (int64_t i = 0; i < in->maps; i++)
            for (int64_t r = 0; r < s->kh; r++) {
                p.sum = at(plan, s->totals) + (i * s->kh + r) * s->kw * maps;
                p.x = at(plan, in->pixels) + (last - 1) * stride + (i * in->rows + r) * in->cols;
                correlate(p, s->kw, s->maps, (thread + i * s->kh + r) % plan->threads,
                          plan->threads);
            }
    }
}

static void sum_full(const Plan *plan, const Stage *s, const Stage *in, int64_t thread) {
    int64_t stride = round_up(pixels_of(in));
    Correlation p = {.sum = at(plan, s->totals), .sum_stride = stride, .x = at(plan, s->deltas),
                     .x_image = delta_size(s), .d = at(plan, in->pixels), .d_image = stride,
                     .images = plan->images, .cols = 1, .rows = 1};
    correlate(p, s->maps, pixels_of(in), thread, plan->threads);
}

/* Where the totals of the biases begin; those of A (COMBINE) and beta (POOL) come after. */
static T *bias_totals(const Plan *plan, const Stage *s, const Stage *in) {
    int64_t maps = round_up(s->maps);
    T *totals = at(plan, s->totals);
    if (has_kernels(s)) return totals + in->maps * s->kh * s->kw * maps;
    return s->kind == FULL ? totals + s->maps * round_up(pixels_of(in)) : totals;
}

static void sum_pixels(const Plan *plan, const Stage *s, const Stage *in) {
    int64_t count = plan->images * s->rows * s->cols, maps = round_up(s->maps);
    T *totals = bias_totals(plan, s, in);
    const T *d = at(plan, s->deltas), *p = at(plan, s->products);
    add_up(totals, d, 0, 0, 0, s->maps, count);
    if (s->kind == POOL) add_up(totals + maps, d, p, maps, 0, s->maps, count);
    for (int64_t i = 0; s->kind == COMBINE && i < in->maps; i++)
        add_up(totals + (1 + i) * maps, d, p + i * s->kernels, round_up(sums_of(s, in)),
               s->kernels == 1, s->maps, count);
}

static void sum_gradients(const Plan *plan, int64_t thread) {
    for (int64_t l = 1; l < plan->stages; l++) {
        const Stage *s = plan->stage + l, *in = s - 1;
        if (!has_weights(s)) continue;
        if (has_kernels(s)) sum_kernels(plan, s, in, thread);
        if (s->kind == FULL) sum_full(plan, s, in, thread);
        if (l % plan->threads == thread) sum_pixels(plan, s, in);
    }
}

static void mean_kernels(const Plan *plan, const Stage *s, const Stage *in) {
    const T *totals = at(plan, s->totals), *A = s->A;
    T *dk = s->dk, n = plan->images;
    int64_t maps = round_up(s->maps), taps = s->kh * s->kw;
    for (int64_t i = 0; i < in->maps; i++)
        for (int64_t o = 0; o < s->maps; o++)
            for (int64_t t = 0; t < taps; t++) { /* rotated: convn's valid part, back to front */
                T mean = totals[(i * taps + taps - 1 - t) * maps + o] / n;
                if (s->table && !s->table[i * s->maps + o]) mean = 0; /* no kernel, and none grows */
                T *to = dk + (i * s->kernels + (s->kernels > 1 ? o : 0)) * taps + t;
                if (s->kind == COMBINE) mean *= A[i * s->maps + o];
                *to = s->kernels == 1 && o ? *to + mean : mean;
            }
}

static void mean_full(const Plan *plan, const Stage *s, const Stage *in) {
    const T *totals = at(plan, s->totals);
    T *dW = s->dk, n = plan->images;
    for (int64_t o = 0; o < s->maps; o++, totals += round_up(pixels_of(in)))
        for (int64_t m = 0; m < in->maps; m++)
            for (int64_t c = 0; c < in->cols; c++)
                for (int64_t r = 0; r < in->rows; r++)
                    *dW++ = totals[(m * in->rows + r) * in->cols + c] / n;
}

static void mean_gradients(const Plan *plan) {
    T n = plan->images;
    for (int64_t l = 1; l < plan->stages; l++) {
        const Stage *s = plan->stage + l, *in = s - 1;
        if (!has_weights(s)) continue;
        if (has_kernels(s)) mean_kernels(plan, s, in);
        if (s->kind == FULL) mean_full(plan, s, in);
        const T *totals = bias_totals(plan, s, in);
        int64_t maps = round_up(s->maps);
        for (int64_t o = 0; o < s->maps; o++) {
            ((T *)s->db)[o] = totals[o] / n;
            if (s->kind == POOL) ((T *)s->dk)[o] = totals[maps + o] / n;
            for (int64_t i = 0; s->kind == COMBINE && i < in->maps; i++)
                ((T *)s->dA)[i * s->maps + o] = totals[(1 + i) * maps + o] / n;
        }
    }
}

static void sum_loss(const Plan *plan) {
    const Stage *last = plan->stage + plan->stages - 1;
    const T *e = at(plan, plan->errors);
    T sum = 0, n = plan->images;
    for (int64_t i = 0; i < plan->images; i++, e += round_up(last->maps))
        for (int64_t o = 0; o < last->maps; o++) sum += e[o] * e[o];
    *(T *)plan->loss = (T)0.5 * sum / n;
}

#endif

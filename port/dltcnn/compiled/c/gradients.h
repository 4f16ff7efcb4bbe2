/* The gradients: sums over the batch, shared out by maps, then means in the toolbox's order. */
#ifndef DLTCNN_GRADIENTS_H
#define DLTCNN_GRADIENTS_H

#include "correlate.h"
#include "layout.h"

#define CACHED 24576 /* bytes of sensitivities that stay near while one tap after the other is taken */

static T *at(const Plan *plan, int64_t offset) { return (T *)(plan->workspace + offset); }

/* The lanes of a vector are the maps for the last of the kernel's rows that share it, then for the
   one before, and so on: to one of x's pixels belong sensitivities each a row further down. At the
   edges they meet the rows of zeros, and a sum that began at +0 stays as it is: no pixel is Inf or
   NaN, or all of this is thrown away. */
static void sum_kernels(const Plan *plan, const Stage *s, const Stage *in, int64_t thread) {
    int64_t size = delta_stride(s), stride = pixel_stride(in);
    int64_t images = CACHED / (size * (int64_t)sizeof(T));
    if (images < 1) images = 1;
    Correlation p = {.x_image = -stride, .x_col = 1, .x_row = in->cols, .d_image = -size,
                     .d_col = delta_column(s), .d_row = s->maps, .cols = s->cols};
    for (int64_t last = plan->images; last > 0; last -= images) { /* from the last image on */
        p.images = last < images ? last : images;
        int64_t part = thread;
        p.sum = at(plan, s->totals);
        for (int64_t i = 0; i < in->maps; i++)
            for (int64_t r = 0, n; r < s->kh; r += n, part++) {
                n = rows_together(s, r);
                p.rows = s->rows + n - 1;
                p.sum_stride = round_up(n * s->maps);
                p.d = at(plan, s->deltas) + (last - 1) * size + (s->together - n) * s->maps;
                p.x = at(plan, in->pixels) + (last - 1) * stride + (i * in->rows + r) * in->cols;
                correlate(p, s->kw, n * s->maps, part % plan->threads, plan->threads);
                p.sum += s->kw * p.sum_stride;
            }
    }
}

static void sum_full(const Plan *plan, const Stage *s, const Stage *in, int64_t thread) {
    Correlation p = {.sum = at(plan, s->totals), .sum_stride = round_up(pixels_of(in)),
                     .x = at(plan, s->deltas), .x_image = delta_stride(s),
                     .d = at(plan, in->pixels), .d_image = pixel_stride(in),
                     .images = plan->images, .cols = 1, .rows = 1};
    correlate(p, s->maps, pixels_of(in), thread, plan->threads);
}

/* Where the totals of the biases begin; those of A (COMBINE) and beta (POOL) come after. */
static T *bias_totals(const Plan *plan, const Stage *s, const Stage *in) {
    T *totals = at(plan, s->totals);
    if (has_kernels(s)) return totals + in->maps * kernel_totals(s);
    return s->kind == FULL ? totals + s->maps * round_up(pixels_of(in)) : totals;
}

static void sum_pixels(const Plan *plan, const Stage *s, const Stage *in) {
    int64_t maps = round_up(s->maps);
    T *totals = bias_totals(plan, s, in);
    for (int64_t image = 0; image < plan->images; image++) {
        const T *products = at(plan, s->products) + image * product_stride(s, in);
        Pixels p = {.d = at(plan, s->deltas) + image * delta_stride(s) + delta_margin(s),
                    .d_col = delta_column(s), .d_row = s->maps, .cols = s->cols, .rows = s->rows,
                    .by_step = sums_of(s, in),
                    .by_scalar = s->kind == COMBINE && s->kernels == 1};
        add_up(totals, &p, s->maps);
        for (int64_t i = 0; keeps_products(s) && i < (s->kind == COMBINE ? in->maps : 1); i++) {
            p.by = products + i * s->kernels;
            add_up(totals + (1 + i) * maps, &p, s->maps);
        }
    }
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

/* What the sums of a tap for all maps, in an input map, give. */
static void mean_tap(const Plan *plan, const Stage *s, int64_t input, int64_t tap, const T *sums) {
    T n = plan->images;
    for (int64_t o = 0; o < s->maps; o++) {
        T mean = sums[o] / n;
        if (s->table && !s->table[input * s->maps + o]) mean = 0; /* no kernel, and none grows */
        int64_t kernel = input * s->kernels + (s->kernels > 1 ? o : 0);
        T *to = (T *)s->dk + kernel * s->kh * s->kw + tap;
        if (s->kind == COMBINE) mean *= ((const T *)s->A)[input * s->maps + o];
        *to = s->kernels == 1 && o ? *to + mean : mean;
    }
}

static void mean_kernels(const Plan *plan, const Stage *s, const Stage *in) {
    const T *totals = at(plan, s->totals);
    for (int64_t i = 0; i < in->maps; i++) {
        int64_t tap = s->kh * s->kw; /* rotated: convn's valid part, back to front */
        for (int64_t r = 0, n; r < s->kh; r += n) {
            n = rows_together(s, r);
            int64_t stride = round_up(n * s->maps);
            for (int64_t row = n - 1; row >= 0; row--) /* the first is in the last lanes */
                for (int64_t c = 0; c < s->kw; c++)
                    mean_tap(plan, s, i, --tap, totals + c * stride + row * s->maps);
            totals += s->kw * stride;
        }
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

/* A block of images back through the net: sensitivities, and what the gradients need of them. */
#ifndef DLTCNN_BACKWARD_H
#define DLTCNN_BACKWARD_H

#include "passes.h"

/* f'(u) times the gradients g (rows beside each other) -> the padded rows of d. */
static void derive_rows(Block *b, const Stage *s, int64_t first, int64_t rows, const vec *g) {
    vec found = {0};
    const vec *a = a_of(b, s) + first * s->cols;
    vec *d = d_of(b, s) + first * width_of(s) + s->pad;
    for (int64_t r = 0; r < rows; r++, a += s->cols, g += s->cols, d += width_of(s))
        found = derive(s->act, a, g, d, s->cols, found);
    b->bad |= any(found);
}

/* Error and sensitivity of the outputs. */
static void output_delta(Block *b, const Stage *s) {
    Plan *plan = b->plan;
    vec *e = lanes(b, plan->scratch);
    const T *y = plan->y;
    int64_t stride = round_up(s->maps);
    for (int64_t o = 0; o < s->maps; o++) {
        e[o] = (vec){0};
        for (int64_t l = 0; l < V && b->first + l < plan->images; l++)
            e[o][l] = a_of(b, s)[o][l] - y[(b->first + l) * s->maps + o];
    }
    maps_of_images(e, s->maps, 1, 1, 1, 1, shared(b, plan->errors, stride), stride, 0);
    if (plan->e) write_field(plan->e, e, s->maps, 1, 1, 0, plan->images, b->first);
    derive_rows(b, s, 0, s->maps, e);
}

static void back_full(Block *b, const Stage *s, const Stage *in) {
    vec *g = lanes(b, b->plan->scratch);
    int64_t pixels = pixels_of(in);
    Sums sums = {.x = d_of(b, s), .xu = 1, .w = (const T *)(b->plan->workspace + s->backward),
                 .wu = pixels, .nu = s->maps, .nv = 1, .out = g, .oo = 1, .mode = STORE,
                 .start = first_sum(pixels, s->maps, b->plan->images)};
    for_outputs(&sums, pixels, 1, 0);
    derive_rows(b, in, 0, in->maps * in->rows, g);
}

static void back_pool(Block *b, const Stage *s, const Stage *in) {
    vec *g = lanes(b, b->plan->scratch);
    const T *beta = s->k;
    for (int64_t m = 0; m < s->maps; m++)
        for (int64_t r = 0; r < s->rows; r++) {
            const vec *d = d_of(b, s) + (m * s->rows + r) * width_of(s) + s->pad;
            spread_row(d, s->cols, s->kw, s->kh * s->kw, s->trainable ? beta + m : 0, g);
            for (int64_t i = 0; i < s->kh; i++)
                derive_rows(b, in, m * in->rows + r * s->kh + i, 1, g);
        }
}

static void back_conv(Block *b, const Stage *s, const Stage *in) {
    vec *g = lanes(b, b->plan->scratch);
    const T *w = (const T *)(b->plan->workspace + s->backward);
    int64_t padded = round_up(in->maps), kernel = s->kh * s->kw * padded;
    const T *A = s->kind == COMBINE ? w + s->kernels * kernel : 0;
    int64_t map = in->rows * in->cols;
    if (A) memset(g, 0, pixels_of(in) * sizeof(vec));
    for (int64_t h = 0; h < in->rows; h++)
        for (int64_t o = 0; o < s->maps; o++) {
            const vec *d = d_of(b, s) + o * s->rows * width_of(s);
            int64_t q = s->kernels > 1 ? o : 0;
            backward_row(d, s->rows, s->cols, s->pad, s->kh, s->kw, h, w + q * kernel, in->maps,
                         g + h * in->cols, map, A ? SCALED : o ? ADD : STORE,
                         A ? A + o * padded : 0);
        }
    derive_rows(b, in, 0, in->maps * in->rows, g);
}

static void keep_delta(Block *b, const Stage *s, int64_t l) {
    const vec *d = d_of(b, s);
    int64_t stride = delta_stride(s);
    if (l && has_weights(s))
        maps_of_images(d + s->pad, s->maps, s->rows, s->cols, s->rows * width_of(s), width_of(s),
                       shared(b, s->deltas, stride) + delta_margin(s), stride, delta_column(s));
    if (s->d)
        write_field(s->d, d, s->maps, s->rows, s->cols, s->pad, b->plan->images, b->first);
}

static void backward_block(Block *b) {
    Plan *plan = b->plan;
    int64_t l = plan->stages - 1;
    output_delta(b, plan->stage + l);
    keep_delta(b, plan->stage + l, l);
    for (; l > plan->lowest; l--) {
        const Stage *s = plan->stage + l, *in = s - 1;
        if (s->kind == FULL)
            back_full(b, s, in);
        else if (s->kind == POOL)
            back_pool(b, s, in);
        else
            back_conv(b, s, in);
        keep_delta(b, in, l - 1);
    }
}

#endif

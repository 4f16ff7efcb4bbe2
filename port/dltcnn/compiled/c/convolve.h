/* Convolutions and products forward and back: lanes are images, so that every sum is one chain. */
#ifndef DLTCNN_CONVOLVE_H
#define DLTCNN_CONVOLVE_H

#include "vector.h"

/* STORE and ADD a sum from +0, CHAIN goes on from what is there, SCALED adds it times a factor. */
enum { STORE, ADD, CHAIN, SCALED };

typedef struct {
    const vec *x; /* factor (u, v) of column c: x[u * xu + v * xv + c * xc] */
    int64_t xu, xv, xc;
    const T *w; /* times w[u * wu + v * wv + o] */
    int64_t wu, wv, nu, nv;
    vec *out; /* out[o * oo + c * oc] */
    int64_t oo, oc;
    const T *factor;
    T start; /* +0; -0 where there is one product only, whose sign a zero then keeps */
    int mode;
} Sums;

INLINE void finish(const Sums *s, int o, vec *out, vec sum) {
    if (s->mode == ADD)
        *out += sum;
    else if (s->mode == SCALED)
        *out += sum * s->factor[o];
    else
        *out = sum;
}

INLINE void tile(const Sums *s, const int O, const int C, const int64_t xc, const int64_t oc) {
    vec sum[8][4];
    UNROLL for (int o = 0; o < O; o++) UNROLL for (int c = 0; c < C; c++) {
        if (s->mode == CHAIN)
            sum[o][c] = s->out[o * s->oo + c * oc];
        else
            sum[o][c] = s->start - (vec){0};
    }
    for (int64_t u = 0; u < s->nu; u++) {
        const vec *x = s->x + u * s->xu;
        const T *w = s->w + u * s->wu;
        for (int64_t v = 0; v < s->nv; v++, x += s->xv, w += s->wv)
            UNROLL for (int c = 0; c < C; c++) {
                vec factor = x[c * xc];
                UNROLL for (int o = 0; o < O; o++) sum[o][c] += factor * w[o];
            }
    }
    UNROLL for (int o = 0; o < O; o++) UNROLL for (int c = 0; c < C; c++)
        finish(s, o, s->out + o * s->oo + c * oc, sum[o][c]);
}

/* near: the columns are neighbours; far: they are groups of images. */
#define TILE(O, C)                                                                                \
    static void near_##O##_##C(const Sums *s) { tile(s, O, C, 1, 1); }                            \
    static void far_##O##_##C(const Sums *s) { tile(s, O, C, s->xc, s->oc); }
TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1) TILE(7, 1) TILE(8, 1)
TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2)
TILE(1, 3) TILE(2, 3) TILE(3, 3) TILE(4, 3)
TILE(1, 4) TILE(2, 4) TILE(3, 4)
#if REGISTERS > 16
TILE(7, 2) TILE(8, 2) TILE(5, 3) TILE(6, 3) TILE(7, 3) TILE(8, 3) TILE(4, 4) TILE(5, 4) TILE(6, 4)
#define MORE(name, O, C) name##_##O##_##C
static const int64_t most_outputs[5] = {0, 8, 8, 8, 6};
#else
#define MORE(name, O, C) 0
static const int64_t most_outputs[5] = {0, 8, 6, 4, 3};
#endif
#define TABLE(n)                                                                                  \
    {{0},                                                                                         \
     {0, n##_1_1, n##_2_1, n##_3_1, n##_4_1, n##_5_1, n##_6_1, n##_7_1, n##_8_1},                    \
     {0, n##_1_2, n##_2_2, n##_3_2, n##_4_2, n##_5_2, n##_6_2, MORE(n, 7, 2), MORE(n, 8, 2)},        \
     {0, n##_1_3, n##_2_3, n##_3_3, n##_4_3, MORE(n, 5, 3), MORE(n, 6, 3), MORE(n, 7, 3),            \
      MORE(n, 8, 3)},                                                                             \
     {0, n##_1_4, n##_2_4, n##_3_4, MORE(n, 4, 4), MORE(n, 5, 4), MORE(n, 6, 4)}}
static void (*const near_tiles[5][9])(const Sums *) = TABLE(near);
static void (*const far_tiles[5][9])(const Sums *) = TABLE(far);

/* Part of what is left, so that the parts come out alike. */
INLINE int64_t even_part(int64_t left, int64_t most) {
    int64_t parts = (left + most - 1) / most;
    return (left + parts - 1) / parts;
}

/* All outputs for `columns` columns, at most 4. `skip` says which outputs a table leaves out. */
static void for_outputs(Sums s, int64_t outputs, int64_t columns, int near, const uint8_t *table) {
    for (int64_t o = 0, n; o < outputs; o += n) {
        n = even_part(outputs - o, most_outputs[columns]);
        int wanted = !table || s.mode == STORE;
        for (int64_t i = 0; i < n && !wanted; i++) wanted = table[o + i];
        if (wanted) (near ? near_tiles : far_tiles)[columns][n](&s);
        s.w += n;
        s.out += n * s.oo;
        if (s.factor) s.factor += n;
    }
}

/* One row of a map forward: `outputs` sums with the kernels in w, [col][row][outputs, rounded up]. */
static void forward_row(const vec *x, int64_t x_cols, int64_t kh, int64_t kw, const T *w,
                        int64_t outputs, vec *out, int64_t map_stride, int64_t cols, int mode,
                        const uint8_t *table) {
    int64_t padded = round_up(outputs);
    Sums s = {.xu = -1, .xv = -x_cols, .w = w, .wu = kh * padded, .wv = padded,
              .nu = kw, .nv = kh, .oo = map_stride, .mode = mode};
    for (int64_t c = 0, n; c < cols; c += n) {
        n = even_part(cols - c, 4);
        s.x = x + (kh - 1) * x_cols + c + kw - 1;
        s.out = out + c;
        for_outputs(s, outputs, n, 1, table);
    }
}

/* One row h back through kernels: d is one map of sensitivities with `pad` columns of zeros. */
static void backward_row(const vec *d, int64_t rows, int64_t cols, int64_t pad, int64_t kh,
                         int64_t kw, int64_t h, const T *w, int64_t outputs, vec *out,
                         int64_t map_stride, int mode, const T *factor) {
    int64_t padded = round_up(outputs), stride = cols + 2 * pad, width = cols + kw - 1;
    int64_t first = h - rows + 1 > 0 ? h - rows + 1 : 0, last = h < kh - 1 ? h : kh - 1;
    /* Narrow tiles meet fewer zeros at the edges, wide ones need fewer outputs to be quick. */
    int64_t widest = outputs < 3 ? 4 : 2;
    Sums s = {.xu = 1, .xv = -stride, .wu = kh * padded, .wv = padded, .nv = last - first + 1,
              .oo = map_stride, .mode = mode, .factor = factor};
    for (int64_t c = 0, n; c < width; c += n) {
        n = even_part(width - c, widest);
        int64_t low = c - cols + 1 > 0 ? c - cols + 1 : 0;
        int64_t high = c + n - 1 < kw - 1 ? c + n - 1 : kw - 1;
        s.nu = high - low + 1;
        s.x = d + (h - first) * stride + pad + c - high;
        s.w = w + ((kw - 1 - high) * kh + first) * padded;
        s.out = out + c;
        for_outputs(s, outputs, n, 1, 0);
    }
}
#define PADDING 3 /* one less than the widest tile */

/* Products: outputs[o] = sum of n factors x[q] times w[q * w_stride + o], for groups of images. */
static void products(Sums s, int64_t x_group, int64_t outputs, int64_t out_group, int64_t groups) {
    const vec *x = s.x;
    vec *out = s.out;
    s.xc = x_group;
    s.oc = out_group;
    s.oo = 1;
    for (int64_t g = 0, part; g < groups; g += part) {
        part = even_part(groups - g, 4);
        s.x = x + g * x_group;
        s.out = out + g * out_group;
        for_outputs(s, outputs, part, 0, 0);
    }
}

#endif

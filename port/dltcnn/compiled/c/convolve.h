/* Convolutions and products forward and back: lanes are images, so that every sum is one chain. */
#ifndef DLTCNN_CONVOLVE_H
#define DLTCNN_CONVOLVE_H

#include "vector.h"

/* STORE and ADD a sum from +0, CHAIN goes on from what is there, SCALED adds it times a factor. */
enum { STORE, ADD, CHAIN, SCALED };

typedef struct {
    const vec *x; /* factor (u, v) of column c: x[u * xu + v * xv + c] */
    int64_t xu, xv;
    const T *w; /* times w[u * wu + v * wv + o] */
    int64_t wu, wv, nu, nv;
    vec *out; /* out[o * oo + c] */
    int64_t oo;
    const T *factor;
    T start; /* +0; -0 where there is one product only, whose sign a zero then keeps */
    int mode;
} Sums;

/* Some of the outputs. */
typedef struct {
    const T *w;
    vec *out;
    const T *factor;
} Part;

INLINE void finish(int mode, const Part *p, int o, vec *out, vec sum) {
    if (mode == ADD)
        *out += sum;
    else if (mode == SCALED)
        *out += sum * p->factor[o];
    else
        *out = sum;
}

INLINE void tile(const Sums *s, const Part *p, const int O, const int C) {
    vec sum[8][4];
    UNROLL for (int o = 0; o < O; o++) UNROLL for (int c = 0; c < C; c++) {
        if (s->mode == CHAIN)
            sum[o][c] = p->out[o * s->oo + c];
        else
            sum[o][c] = s->start - (vec){0};
    }
    for (int64_t u = 0; u < s->nu; u++) {
        const vec *x = s->x + u * s->xu;
        const T *w = p->w + u * s->wu;
        for (int64_t v = 0; v < s->nv; v++, x += s->xv, w += s->wv)
            UNROLL for (int c = 0; c < C; c++) {
                vec factor = x[c];
                UNROLL for (int o = 0; o < O; o++) sum[o][c] += factor * w[o];
            }
    }
    UNROLL for (int o = 0; o < O; o++) UNROLL for (int c = 0; c < C; c++)
        finish(s->mode, p, o, p->out + o * s->oo + c, sum[o][c]);
}

#define TILE(O, C) static void tile_##O##_##C(const Sums *s, const Part *p) { tile(s, p, O, C); }
TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1) TILE(7, 1) TILE(8, 1)
TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2)
TILE(1, 3) TILE(2, 3) TILE(3, 3) TILE(4, 3)
TILE(1, 4) TILE(2, 4) TILE(3, 4)
#if REGISTERS > 16
TILE(7, 2) TILE(8, 2) TILE(5, 3) TILE(6, 3) TILE(7, 3) TILE(8, 3) TILE(4, 4) TILE(5, 4) TILE(6, 4)
#define MORE(O, C) tile_##O##_##C
static const int64_t most_outputs[5] = {0, 8, 8, 8, 6};
#else
#define MORE(O, C) 0
static const int64_t most_outputs[5] = {0, 8, 6, 4, 3};
#endif
static void (*const tiles[5][9])(const Sums *, const Part *) = {
    {0},
    {0, tile_1_1, tile_2_1, tile_3_1, tile_4_1, tile_5_1, tile_6_1, tile_7_1, tile_8_1},
    {0, tile_1_2, tile_2_2, tile_3_2, tile_4_2, tile_5_2, tile_6_2, MORE(7, 2), MORE(8, 2)},
    {0, tile_1_3, tile_2_3, tile_3_3, tile_4_3, MORE(5, 3), MORE(6, 3), MORE(7, 3), MORE(8, 3)},
    {0, tile_1_4, tile_2_4, tile_3_4, MORE(4, 4), MORE(5, 4), MORE(6, 4)},
};

/* All outputs for `columns` columns, at most 4. `table`, where given, says which are wanted. */
static void for_outputs(const Sums *s, int64_t outputs, int64_t columns, const uint8_t *table) {
    for (int64_t o = 0, n; o < outputs; o += n) {
        n = even_part(outputs - o, most_outputs[columns]);
        Part p = {s->w + o, s->out + o * s->oo, s->factor ? s->factor + o : 0};
        int wanted = !table || s->mode == STORE;
        for (int64_t i = 0; i < n && !wanted; i++) wanted = table[o + i];
        if (wanted) tiles[columns][n](s, &p);
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
        for_outputs(&s, outputs, n, table);
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
        for_outputs(&s, outputs, n, 0);
    }
}
#define PADDING 3 /* one less than the widest tile */

#endif

/* The gradients' sums over images and pixels: lanes are maps, so that every sum is one chain. */
#ifndef DLTCNN_CORRELATE_H
#define DLTCNN_CORRELATE_H

#include "vector.h"

typedef struct {
    T *sum; /* sum[t * sum_stride + lane] += x[t] * d[lane] */
    int64_t sum_stride;
    const T *x; /* of an image, a column, a row: strides; tap t is the t-th number from there */
    int64_t x_image, x_col, x_row;
    const T *d; /* of an image, a column, a row: strides */
    int64_t d_image, d_col, d_row;
    int64_t images, cols, rows;
} Correlation;

INLINE void correlation(const Correlation *p, const int TAPS, const int Q) {
    vec sum[6][4];
    UNROLL for (int t = 0; t < TAPS; t++) UNROLL for (int q = 0; q < Q; q++)
        sum[t][q] = *(const vec *)(p->sum + t * p->sum_stride + q * V);
    for (int64_t n = 0; n < p->images; n++) {
        for (int64_t c = 0; c < p->cols; c++) {
            const T *d = p->d + n * p->d_image + c * p->d_col;
            const T *x = p->x + n * p->x_image + c * p->x_col;
            for (int64_t r = 0; r < p->rows; r++, d += p->d_row, x += p->x_row) {
                vec delta[4];
                UNROLL for (int q = 0; q < Q; q++) delta[q] = *(const uvec *)(d + q * V);
                UNROLL for (int t = 0; t < TAPS; t++) UNROLL for (int q = 0; q < Q; q++)
                    sum[t][q] += delta[q] * x[t];
            }
        }
    }
    UNROLL for (int t = 0; t < TAPS; t++) UNROLL for (int q = 0; q < Q; q++)
        *(vec *)(p->sum + t * p->sum_stride + q * V) = sum[t][q];
}

#define TAPS(t, q)                                                                                \
    static void taps_##t##_##q(const Correlation *p) { correlation(p, t, q); }
TAPS(1, 1) TAPS(1, 2) TAPS(1, 3) TAPS(1, 4) TAPS(2, 1) TAPS(2, 2) TAPS(2, 3) TAPS(2, 4)
TAPS(3, 1) TAPS(3, 2) TAPS(3, 3) TAPS(4, 1) TAPS(4, 2) TAPS(5, 1) TAPS(5, 2) TAPS(6, 1) TAPS(6, 2)
#if REGISTERS > 16
TAPS(3, 4) TAPS(4, 3) TAPS(4, 4) TAPS(5, 3) TAPS(5, 4) TAPS(6, 3)
#define WIDE(t, q) taps_##t##_##q
static const int64_t most_vectors[7] = {0, 4, 4, 4, 4, 4, 3};
#else
#define WIDE(t, q) 0
static const int64_t most_vectors[7] = {0, 4, 4, 3, 2, 2, 2};
#endif
#define MOST_TAPS 6
static void (*const taps[6][4])(const Correlation *) = {
    {taps_1_1, taps_1_2, taps_1_3, taps_1_4},
    {taps_2_1, taps_2_2, taps_2_3, taps_2_4},
    {taps_3_1, taps_3_2, taps_3_3, WIDE(3, 4)},
    {taps_4_1, taps_4_2, WIDE(4, 3), WIDE(4, 4)},
    {taps_5_1, taps_5_2, WIDE(5, 3), WIDE(5, 4)},
    {taps_6_1, taps_6_2, WIDE(6, 3), 0},
};

/* `count` taps beside each other, for `lanes` lanes (rounded up); every `of`-th part of the work. */
static void correlate(Correlation p, int64_t count, int64_t lanes, int64_t part, int64_t of) {
    const Correlation whole = p;
    int64_t vectors = round_up(lanes) / V, number = 0;
    for (int64_t t = 0, n; t < count; t += n) {
        n = even_part(count - t, MOST_TAPS);
        for (int64_t q = 0, m; q < vectors; q += m) {
            m = vectors - q < most_vectors[n] ? vectors - q : most_vectors[n];
            if (number++ % of != part) continue;
            p.sum = whole.sum + t * whole.sum_stride + q * V;
            p.x = whole.x + t;
            p.d = whole.d + q * V;
            taps[n - 1][m - 1](&p);
        }
    }
}

typedef struct {
    const T *d; /* lanes of a pixel; of a column, a row: strides */
    int64_t d_col, d_row;
    const T *by; /* NULL, or what they are multiplied by: lanes too, or (by_scalar) one number */
    int64_t by_step, by_scalar;
    int64_t cols, rows;
} Pixels;

/* sum[lane] += the values of all pixels of an image, one after the other. */
static void add_up(T *sum, const Pixels *p, int64_t lanes) {
    for (int64_t q = 0; q < lanes; q += V) {
        vec total = *(vec *)(sum + q);
        const T *by = p->by;
        for (int64_t c = 0; c < p->cols; c++) {
            const T *d = p->d + c * p->d_col + q;
            for (int64_t r = 0; r < p->rows; r++, d += p->d_row) {
                vec value = *(const uvec *)d;
                if (!by)
                    total += value;
                else if (p->by_scalar)
                    total += value * by[0];
                else
                    total += value * *(const uvec *)(by + q);
                if (by) by += p->by_step;
            }
        }
        *(vec *)(sum + q) = total;
    }
}

#endif

/* From lanes that are images to rows that are, and back: transpositions of V by V numbers. */
#ifndef DLTCNN_LANES_H
#define DLTCNN_LANES_H

#include "vector.h"

/* A step of a transposition: pairs of rows h apart exchange their lanes h apart. */
#define LOW(l, h) (((l) & (h)) ? V + (l) - (h) : (l))
#define HIGH(l, h) (((l) & (h)) ? V + (l) : (l) + (h))
#if V == 2
#define LANES(f, h) f(0, h), f(1, h)
#elif V == 4
#define LANES(f, h) f(0, h), f(1, h), f(2, h), f(3, h)
#elif V == 8
#define LANES(f, h) f(0, h), f(1, h), f(2, h), f(3, h), f(4, h), f(5, h), f(6, h), f(7, h)
#else
#define LANES(f, h)                                                                               \
    f(0, h), f(1, h), f(2, h), f(3, h), f(4, h), f(5, h), f(6, h), f(7, h), f(8, h), f(9, h),     \
        f(10, h), f(11, h), f(12, h), f(13, h), f(14, h), f(15, h)
#endif
#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE(a, b, f, h) __builtin_shufflevector(a, b, LANES(f, h))
#else
#define SHUFFLE(a, b, f, h) __builtin_shuffle(a, b, (ivec){LANES(f, h)})
#endif
#define EXCHANGE(h)                                                                               \
    UNROLL for (int i = 0; i < V; i++) if (!(i & h)) {                                            \
        vec low = SHUFFLE(m[i], m[i + h], LOW, h), high = SHUFFLE(m[i], m[i + h], HIGH, h);       \
        m[i] = low;                                                                               \
        m[i + h] = high;                                                                          \
    }

/* Transpose V rows of V lanes in place. */
INLINE void transpose(vec m[V]) {
    EXCHANGE(1)
#if V > 2
    EXCHANGE(2)
#endif
#if V > 4
    EXCHANGE(4)
#endif
#if V > 8
    EXCHANGE(8)
#endif
}

/* Lanes of `n` images' pixels -> V rows, one per image, `stride` apart; n is rounded up. */
static void pixels_of_images(const vec *lanes, int64_t n, T *rows, int64_t stride) {
    for (int64_t first = 0; first < n; first += V) {
        vec m[V];
        UNROLL for (int i = 0; i < V; i++) m[i] = first + i < n ? lanes[first + i] : (vec){0};
        transpose(m);
        UNROLL for (int i = 0; i < V; i++) *(vec *)(rows + i * stride + first) = m[i];
    }
}

/* The reverse. */
static void lanes_of_pixels(const T *rows, int64_t stride, int64_t n, vec *lanes) {
    for (int64_t first = 0; first < n; first += V) {
        vec m[V];
        UNROLL for (int i = 0; i < V; i++) m[i] = *(const vec *)(rows + i * stride + first);
        transpose(m);
        for (int i = 0; i < V && first + i < n; i++) lanes[first + i] = m[i];
    }
}

/* Lanes of maps (map and row strides in vectors) -> for each image, its columns `column` apart; in
   a column the rows, and in a row the maps, beside each other; then zeros up to a whole vector.
   These may lie in the next columns' places, which are filled after, so from the first on; behind
   the last one the caller leaves room for V - 1 numbers. */
static void maps_of_images(const vec *lanes, int64_t maps, int64_t rows, int64_t cols,
                           int64_t map_stride, int64_t row_stride, T *out, int64_t stride,
                           int64_t column) {
    for (int64_t c = 0; c < cols; c++) {
        int64_t map = 0, row = 0;
        for (int64_t first = 0; first < rows * maps; first += V) {
            T *to = out + c * column + first;
            vec m[V];
            UNROLL for (int i = 0; i < V; i++) {
                m[i] = row < rows ? lanes[map * map_stride + row * row_stride + c] : (vec){0};
                if (++map == maps) {
                    map = 0;
                    row++;
                }
            }
            transpose(m);
            UNROLL for (int i = 0; i < V; i++) *(uvec *)(to + i * stride) = m[i];
        }
    }
}

#endif

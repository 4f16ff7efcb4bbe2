/* Where everything lies in the workspace, and the weights in the order in which sums take them. */
#ifndef DLTCNN_LAYOUT_H
#define DLTCNN_LAYOUT_H

#include "convolve.h"
#include "plan.h"

#ifndef RED_ZONE
#define RED_ZONE 0 /* bytes after each piece of the workspace, and after each image in it: a
                      sanitizer's build watches some */
#endif

INLINE int64_t pixels_of(const Stage *s) { return s->maps * s->rows * s->cols; }
INLINE int64_t width_of(const Stage *s) { return s->cols + 2 * s->pad; }
INLINE int64_t sums_of(const Stage *s, const Stage *in) {
    return s->kind == COMBINE ? in->maps * s->kernels : s->maps;
}
/* Numbers from one image to the next: an odd number of cache lines, so that images written side by
   side do not push each other out of the cache. */
INLINE int64_t apart(int64_t numbers) {
    int64_t line = 64 / (int64_t)sizeof(T);
    return ((numbers + line - 1) / line | 1) * line + RED_ZONE / (int64_t)sizeof(T);
}
INLINE int64_t pixel_stride(const Stage *s) { return apart(pixels_of(s)); }
/* Sensitivities of an image: column by column, the maps of a pixel beside each other. Where n rows
   of a kernel share lanes, n - 1 rows of zeros are before, between and after the columns: those that
   a new workspace has, since nothing but zeros is ever written there. */
INLINE int64_t delta_column(const Stage *s) { return (s->rows + s->together - 1) * s->maps; }
INLINE int64_t delta_margin(const Stage *s) { return (s->together - 1) * s->maps; }
INLINE int64_t delta_stride(const Stage *s) {
    return apart(s->cols * delta_column(s) + delta_margin(s) + V); /* the last vector may reach over */
}
INLINE int64_t product_stride(const Stage *s, const Stage *in) {
    return apart(s->rows * s->cols * sums_of(s, in) + V);
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

/* Rows of a kernel that are summed together, from `row` on; each has `maps` lanes. */
INLINE int64_t rows_together(const Stage *s, int64_t row) {
    return s->kh - row < s->together ? s->kh - row : s->together;
}

/* How many to take together: each vector goes over the pixels' rows, and one more for each row of
   the kernel beyond the first. */
static int64_t choose_together(const Stage *s) {
    int64_t best = 1, least = INT64_MAX;
    Stage tried = *s;
    for (tried.together = 1; tried.together <= s->kh; tried.together++) {
        int64_t cost = 0, n;
        for (int64_t row = 0; row < s->kh; row += n) {
            n = rows_together(&tried, row);
            cost += round_up(n * s->maps) * (s->rows + n - 1);
        }
        if (cost < least) {
            least = cost;
            best = tried.together;
        }
    }
    return best;
}

/* Sums of the kernels of one input map. */
INLINE int64_t kernel_totals(const Stage *s) {
    int64_t whole = s->kh / s->together, rest = s->kh % s->together;
    return s->kw * (whole * round_up(s->together * s->maps) + round_up(rest * s->maps));
}

static int64_t totals_size(const Stage *s, const Stage *in) {
    int64_t maps = round_up(s->maps);
    if (has_kernels(s)) return in->maps * kernel_totals(s) + (in->maps + 1) * maps;
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
        s->together = has_kernels(s) ? choose_together(s) : 1;
        s->pad = has_kernels(s) && backward ? (s->kw - 1 < PADDING ? s->kw - 1 : PADDING) : 0;
        s->lanes_a = reserve(own, pixels * V);
        if (backward) s->lanes_d = reserve(own, s->maps * s->rows * width_of(s) * V);
        if (l && keeps_products(s))
            s->lanes_p = reserve(own, sums_of(s, in) * s->rows * s->cols * V);
        if (l && has_kernels(s)) {
            s->forward = reserve(shared, in->maps * taps * round_up(s->kernels));
            s->backward = reserve(shared, (s->kernels * taps + s->maps) * round_up(in->maps));
        } else if (l && s->kind == FULL) {
            s->forward = reserve(shared, pixels_of(in) * round_up(s->maps));
            s->backward = reserve(shared, pixels_of(in) * s->maps);
        }
        if (!backward) continue;
        if (above && above->kind != POOL) s->pixels = reserve(shared, images * pixel_stride(s));
        if (l && has_weights(s)) {
            s->deltas = reserve(shared, images * delta_stride(s));
            s->totals = reserve(shared, totals_size(s, in));
            if (keeps_products(s)) s->products = reserve(shared, images * product_stride(s, in));
        }
    }
    const Stage *first = plan->stage, *last = first + plan->stages - 1;
    if (backward) plan->errors = reserve(shared, images * round_up(last->maps));
    plan->first_pixels = reserve(own, V * pixel_stride(first));
    plan->scratch = reserve(own, largest * V);
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
    int64_t padded = round_up(in->maps);
    for (int64_t q = 0; q < s->kernels; q++)
        for (int64_t i = 0; i < in->maps; i++) {
            const T *k = (const T *)s->k + (i * s->kernels + q) * s->kh * s->kw;
            for (int64_t r = 0; r < s->kh; r++)
                for (int64_t c = 0; c < s->kw; c++)
                    w[((q * s->kw + c) * s->kh + s->kh - 1 - r) * padded + i] = *k++;
        }
    if (s->kind != COMBINE) return;
    w += s->kernels * s->kh * s->kw * padded;
    for (int64_t i = 0; i < in->maps; i++)
        for (int64_t j = 0; j < s->maps; j++) w[j * padded + i] = ((const T *)s->A)[i * s->maps + j];
}

/* W forward: [map][col][row][unit, rounded up]; back: [unit][map][row][col]. */
static void pack_full(const Stage *s, const Stage *in, T *forward, T *backward) {
    const T *W = s->k;
    int64_t padded = round_up(s->maps), pixels = pixels_of(in), column = 0;
    for (int64_t m = 0; m < in->maps; m++)
        for (int64_t c = 0; c < in->cols; c++)
            for (int64_t r = 0; r < in->rows; r++, column++)
                for (int64_t o = 0; o < s->maps; o++) {
                    T w = W[o * pixels + column];
                    forward[column * padded + o] = w;
                    backward[o * pixels + (m * in->rows + r) * in->cols + c] = w;
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

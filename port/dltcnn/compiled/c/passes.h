/* A block of images forward and back through the net. */
#ifndef DLTCNN_PASSES_H
#define DLTCNN_PASSES_H

#include "layers.h"
#include "layout.h"

typedef struct {
    Plan *plan;
    char *own;      /* this thread's part of the workspace */
    int64_t first;  /* of its V images */
    int bad;        /* whether something was not finite */
} Block;

INLINE vec *lanes(const Block *b, int64_t at) { return (vec *)(b->own + at); }
INLINE vec *a_of(const Block *b, const Stage *s) { return lanes(b, s->lanes_a); }
INLINE vec *d_of(const Block *b, const Stage *s) { return lanes(b, s->lanes_d); }
INLINE vec *p_of(const Block *b, const Stage *s) { return lanes(b, s->lanes_p); }
INLINE T *shared(const Block *b, int64_t at, int64_t stride) {
    return (T *)(b->plan->workspace + at) + b->first * stride;
}

INLINE T pixel(const Plan *plan, const char *at) {
    if (plan->x_type == BYTES) return *(const uint8_t *)at;
    if (plan->x_type == OWN_CLASS) return *(const T *)at;
    return (T)(sizeof(T) == 4 ? *(const double *)at : *(const float *)at);
}

/* The images, one after the other; zeros for those that are missing. */
static void fetch_images(const Block *b, T *rows, int64_t stride) {
    const Plan *plan = b->plan;
    const Stage *s = plan->stage;
    int64_t padded = round_up(pixels_of(s)); /* lanes are taken by whole vectors */
    for (int64_t l = 0; l < V; l++) {
        int64_t number = b->first + l;
        T *to = rows + l * stride;
        if (number >= plan->images) {
            memset(to, 0, padded * sizeof(T));
            continue;
        }
        const char *x = plan->x, *at;
        x += (plan->index ? plan->index[number] : number) * plan->x_image;
        for (int64_t m = 0; m < s->maps; m++)
            for (int64_t r = 0; r < s->rows; r++) {
                at = x + m * plan->x_channel + r * plan->x_row;
                for (int64_t c = 0; c < s->cols; c++, at += plan->x_col) *to++ = pixel(plan, at);
            }
        for (int64_t i = pixels_of(s); i < padded; i++) *to++ = 0;
    }
}

static void forward_conv(Block *b, const Stage *s, const Stage *in) {
    const T *w = (const T *)(b->plan->workspace + s->forward), *A = s->A, *bias = s->b;
    const vec *x = a_of(b, in);
    int64_t map = s->rows * s->cols, combine = s->kind == COMBINE, step = s->kernels > 1;
    int64_t kernel = s->kh * s->kw * round_up(s->kernels);
    vec *a = a_of(b, s), *p = combine ? p_of(b, s) : a;
    for (int64_t r = 0; r < s->rows; r++) {
        for (int64_t i = 0; i < in->maps; i++)
            forward_row(x + (i * in->rows + r) * in->cols, in->cols, s->kh, s->kw, w + i * kernel,
                        s->kernels, p + combine * i * s->kernels * map + r * s->cols, map, s->cols,
                        combine || !i ? STORE : ADD, s->table ? s->table + i * s->maps : 0);
        for (int64_t j = 0; j < s->maps; j++) {
            vec *u = a + j * map + r * s->cols;
            for (int64_t c = 0; combine && c < s->cols; c++) {
                const vec *product = p + j * step * map + r * s->cols + c;
                u[c] = (vec){0};
                for (int64_t i = 0; i < in->maps; i++)
                    u[c] += A[i * s->maps + j] * product[i * s->kernels * map];
            }
            for (int64_t c = 0; c < s->cols; c++) u[c] += bias[j];
            b->bad |= activate(b->plan, s->act, u, s->cols);
        }
    }
}

static void forward_pool(Block *b, const Stage *s, const Stage *in) {
    int64_t map = s->rows * s->cols;
    const T *beta = s->k, *bias = s->b;
    T weight = s->trainable ? 1 : (T)(1.0 / (double)(s->kh * s->kw));
    for (int64_t m = 0; m < s->maps; m++) {
        vec *a = a_of(b, s) + m * map;
        vec *out = s->trainable ? p_of(b, s) + m * map : a;
        pool_map(a_of(b, in) + m * in->rows * in->cols, in->cols, s->kh, s->kw, s->rows,
                 s->cols, weight, out);
        for (int64_t i = 0; s->trainable && i < map; i++) a[i] = beta[m] * out[i] + bias[m];
        b->bad |= activate(b->plan, s->trainable ? s->act : LINEAR, a, map);
    }
}

static void forward_full(Block *b, const Stage *s, const Stage *in) {
    int64_t map = in->rows * in->cols, padded = round_up(s->maps);
    const T *bias = s->b;
    vec *u = a_of(b, s);
    Sums sums = {.xu = 1, .xv = in->cols, .wu = in->rows * padded, .wv = padded,
                 .nu = in->cols, .nv = in->rows, .out = u, .oo = 1,
                 .start = first_sum(s->maps, pixels_of(in), b->plan->images)};
    for (int64_t m = 0; m < in->maps; m++) {
        sums.mode = m ? CHAIN : STORE;
        sums.x = a_of(b, in) + m * map;
        sums.w = (const T *)(b->plan->workspace + s->forward) + m * map * padded;
        for_outputs(&sums, s->maps, 1, 0);
    }
    for (int64_t o = 0; o < s->maps; o++) u[o] += bias[o];
    b->bad |= activate(b->plan, s->act, u, s->maps);
}

static void forward_stage(Block *b, Stage *s) {
    if (s->kind == FULL)
        forward_full(b, s, s - 1);
    else if (s->kind == POOL)
        forward_pool(b, s, s - 1);
    else
        forward_conv(b, s, s - 1);
}

/* Take a stage's fields for what a forward pass gave. */
static void given_stage(Block *b, Stage *s, int64_t l) {
    int64_t images = b->plan->images;
    read_field(s->a, a_of(b, s), pixels_of(s), images, b->first);
    b->bad |= !finite_vectors(a_of(b, s), pixels_of(s));
    if (!l || !keeps_products(s)) return;
    int64_t size = sums_of(s, s - 1) * s->rows * s->cols;
    read_field(s->p, p_of(b, s), size, images, b->first);
    b->bad |= !finite_vectors(p_of(b, s), size);
}

/* What later sums need of a stage, and the fields that are wanted. */
static void keep_forward(Block *b, Stage *s, int64_t l) {
    Plan *plan = b->plan;
    const Stage *above = l + 1 < plan->stages ? s + 1 : 0;
    int64_t backward = plan->mode & BACKWARD, given = plan->mode & GIVEN;
    int64_t stride = pixel_stride(s), products = l && keeps_products(s) ? sums_of(s, s - 1) : 0;
    if (backward && above && above->kind != POOL && (l || given))
        pixels_of_images(a_of(b, s), pixels_of(s), shared(b, s->pixels, stride), stride);
    if (backward && products) {
        stride = product_stride(s, s - 1);
        maps_of_images(p_of(b, s), products, s->rows, s->cols, s->rows * s->cols, s->cols,
                       shared(b, s->products, stride), stride, s->rows * products);
    }
    if (given || !l) return;
    if (s->a) write_field(s->a, a_of(b, s), s->maps, s->rows, s->cols, 0, plan->images, b->first);
    if (s->p && products)
        write_field(s->p, p_of(b, s), products, s->rows, s->cols, 0, plan->images, b->first);
}

static void forward_block(Block *b) {
    Plan *plan = b->plan;
    Stage *first = plan->stage;
    int64_t given = plan->mode & GIVEN, stride = pixel_stride(first);
    if (!given) {
        int64_t kept = plan->mode & BACKWARD && plan->stages > 1 && first[1].kind != POOL;
        T *rows = kept ? shared(b, first->pixels, stride) : (T *)(b->own + plan->first_pixels);
        fetch_images(b, rows, stride);
        lanes_of_pixels(rows, stride, pixels_of(first), a_of(b, first));
        b->bad |= !finite_vectors(a_of(b, first), pixels_of(first));
    }
    for (int64_t l = 0; l < plan->stages; l++) {
        if (given)
            given_stage(b, plan->stage + l, l);
        else if (l)
            forward_stage(b, plan->stage + l);
        keep_forward(b, plan->stage + l, l);
    }
}

#endif

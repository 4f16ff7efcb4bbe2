/* A block of images forward and back through the net. */
#ifndef DLTCNN_PASSES_H
#define DLTCNN_PASSES_H

#include "layers.h"
#include "layout.h"

typedef struct {
    Plan *plan;
    char *own;      /* this thread's part of the workspace */
    int64_t first;  /* image */
    int64_t groups; /* of V images */
    int bad;        /* whether something was not finite */
} Block;

INLINE vec *lanes(const Block *b, int64_t at, int64_t group, int64_t size) {
    return (vec *)(b->own + at) + group * size;
}
INLINE vec *a_of(const Block *b, const Stage *s, int64_t group) {
    return lanes(b, s->lanes_a, group, pixels_of(s));
}
INLINE vec *d_of(const Block *b, const Stage *s, int64_t group) {
    return lanes(b, s->lanes_d, group, s->maps * s->rows * width_of(s));
}
INLINE vec *p_of(const Block *b, const Stage *s, int64_t group) {
    return lanes(b, s->lanes_p, group, sums_of(s, s - 1) * s->rows * s->cols);
}
INLINE T *shared(const Block *b, int64_t at, int64_t group, int64_t stride) {
    return (T *)(b->plan->workspace + at) + (b->first + group * V) * stride;
}

INLINE T pixel(const Plan *plan, const char *at) {
    if (plan->x_type == BYTES) return *(const uint8_t *)at;
    if (plan->x_type == OWN_CLASS) return *(const T *)at;
    return (T)(sizeof(T) == 4 ? *(const double *)at : *(const float *)at);
}

/* The images of one group, one after the other; zeros for those that are missing. */
static void fetch_images(const Block *b, int64_t group, T *rows, int64_t stride) {
    const Plan *plan = b->plan;
    const Stage *s = plan->stage;
    for (int64_t l = 0; l < V; l++) {
        int64_t number = b->first + group * V + l;
        T *to = rows + l * stride;
        if (number >= plan->images) {
            memset(to, 0, stride * sizeof(T));
            continue;
        }
        const char *x = plan->x, *at;
        x += (plan->index ? plan->index[number] : number) * plan->x_image;
        for (int64_t m = 0; m < s->maps; m++)
            for (int64_t r = 0; r < s->rows; r++) {
                at = x + m * plan->x_channel + r * plan->x_row;
                for (int64_t c = 0; c < s->cols; c++, at += plan->x_col) *to++ = pixel(plan, at);
            }
        for (int64_t i = pixels_of(s); i < stride; i++) *to++ = 0;
    }
}

static void forward_conv(Block *b, const Stage *s, const Stage *in, int64_t group) {
    const T *w = (const T *)(b->plan->workspace + s->forward), *A = s->A, *bias = s->b;
    const vec *x = a_of(b, in, group);
    int64_t map = s->rows * s->cols, combine = s->kind == COMBINE, step = s->kernels > 1;
    int64_t kernel = s->kh * s->kw * round_up(s->kernels);
    vec *a = a_of(b, s, group), *p = combine ? p_of(b, s, group) : a;
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

static void forward_pool(Block *b, const Stage *s, const Stage *in, int64_t group) {
    int64_t map = s->rows * s->cols;
    const T *beta = s->k, *bias = s->b;
    T weight = s->trainable ? 1 : (T)(1.0 / (double)(s->kh * s->kw));
    for (int64_t m = 0; m < s->maps; m++) {
        vec *a = a_of(b, s, group) + m * map;
        vec *out = s->trainable ? p_of(b, s, group) + m * map : a;
        pool_map(a_of(b, in, group) + m * in->rows * in->cols, in->cols, s->kh, s->kw, s->rows,
                 s->cols, weight, out);
        for (int64_t i = 0; s->trainable && i < map; i++) a[i] = beta[m] * out[i] + bias[m];
        b->bad |= activate(b->plan, s->trainable ? s->act : LINEAR, a, map);
    }
}

static void forward_full(Block *b, const Stage *s, const Stage *in) {
    int64_t map = in->rows * in->cols, padded = round_up(s->maps);
    const T *bias = s->b;
    Sums sums = {.xu = 1, .xv = in->cols, .wu = in->rows * padded, .wv = padded,
                 .nu = in->cols, .nv = in->rows, .out = a_of(b, s, 0),
                 .start = first_sum(s->maps, pixels_of(in), b->plan->images)};
    for (int64_t m = 0; m < in->maps; m++) {
        sums.mode = m ? CHAIN : STORE;
        sums.x = a_of(b, in, 0) + m * map;
        sums.w = (const T *)(b->plan->workspace + s->forward) + m * map * padded;
        products(sums, pixels_of(in), s->maps, s->maps, b->groups);
    }
    for (int64_t g = 0; g < b->groups; g++) {
        vec *u = a_of(b, s, g);
        for (int64_t o = 0; o < s->maps; o++) u[o] += bias[o];
        b->bad |= activate(b->plan, s->act, u, s->maps);
    }
}

static void forward_stage(Block *b, Stage *s) {
    if (s->kind == FULL) {
        forward_full(b, s, s - 1);
        return;
    }
    for (int64_t g = 0; g < b->groups; g++) {
        if (s->kind == POOL)
            forward_pool(b, s, s - 1, g);
        else
            forward_conv(b, s, s - 1, g);
    }
}

/* Take a stage's fields for what a forward pass gave. */
static void given_stage(Block *b, Stage *s, int64_t l) {
    for (int64_t g = 0; g < b->groups; g++) {
        int64_t first = b->first + g * V, images = b->plan->images;
        read_field(s->a, a_of(b, s, g), pixels_of(s), images, first);
        b->bad |= !finite_vectors(a_of(b, s, g), pixels_of(s));
        if (!l || !keeps_products(s)) continue;
        int64_t size = sums_of(s, s - 1) * s->rows * s->cols;
        read_field(s->p, p_of(b, s, g), size, images, first);
        b->bad |= !finite_vectors(p_of(b, s, g), size);
    }
}

/* What later sums need of a stage, and the fields that are wanted. */
static void keep_forward(Block *b, Stage *s, int64_t l) {
    Plan *plan = b->plan;
    const Stage *above = l + 1 < plan->stages ? s + 1 : 0;
    int64_t backward = plan->mode & BACKWARD, given = plan->mode & GIVEN;
    for (int64_t g = 0; g < b->groups; g++) {
        int64_t first = b->first + g * V, stride = round_up(pixels_of(s));
        if (backward && above && above->kind != POOL && (l || given))
            pixels_of_images(a_of(b, s, g), pixels_of(s), shared(b, s->pixels, g, stride), stride);
        if (l && backward && keeps_products(s))
            maps_of_images(p_of(b, s, g), sums_of(s, s - 1), s->rows, s->cols, s->rows * s->cols,
                           s->cols, shared(b, s->products, g, product_size(s, s - 1)),
                           product_size(s, s - 1));
        if (given || !l) continue;
        if (s->a)
            write_field(s->a, a_of(b, s, g), s->maps, s->rows, s->cols, 0, plan->images, first);
        if (s->p && keeps_products(s))
            write_field(s->p, p_of(b, s, g), sums_of(s, s - 1), s->rows, s->cols, 0, plan->images,
                        first);
    }
}

static void forward_block(Block *b) {
    Plan *plan = b->plan;
    Stage *first = plan->stage;
    int64_t given = plan->mode & GIVEN, stride = round_up(pixels_of(first));
    int64_t kept = plan->mode & BACKWARD && plan->stages > 1 && first[1].kind != POOL;
    for (int64_t g = 0; !given && g < b->groups; g++) {
        T *rows = kept ? shared(b, first->pixels, g, stride) : (T *)(b->own + plan->first_pixels);
        fetch_images(b, g, rows, stride);
        lanes_of_pixels(rows, stride, pixels_of(first), a_of(b, first, g));
        b->bad |= !finite_vectors(a_of(b, first, g), pixels_of(first));
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

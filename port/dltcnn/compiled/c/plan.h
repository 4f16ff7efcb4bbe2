/* What Python hands over: a net as a row of stages. `plan.py` has the same structs, field by field. */
#ifndef DLTCNN_PLAN_H
#define DLTCNN_PLAN_H

#include <stddef.h>
#include <stdint.h>

enum { INPUT, CONV, COMBINE, POOL, FULL };                 /* Stage.kind */
enum { LINEAR, SIGM, TANH };                               /* Stage.act */
enum { BACKWARD = 1, GIVEN = 4 };                          /* Plan.mode */
enum { OWN_CLASS, OTHER_CLASS, BYTES };                    /* Plan.x_type */

/* One stage; its input is the stage before. Arrays are in C order and of the plan's class. */
typedef struct {
    int64_t kind, act;
    int64_t maps, rows, cols; /* of its output; FULL: units, 1, 1 */
    int64_t kh, kw;           /* of a kernel or window */
    int64_t kernels;          /* COMBINE: for each input map; CONV: maps */
    int64_t trainable;        /* POOL */
    const uint8_t *table;     /* CONV: (input maps, maps), or NULL where all are connected */
    const void *k;            /* kernels (input maps, kernels, kh, kw); FULL: W; POOL: beta */
    const void *b;            /* (maps) */
    const void *A;            /* COMBINE: (input maps, maps) */
    void *dk, *db, *dA;       /* their gradients */
    void *a, *d, *p;          /* fields (maps, rows, cols, images); p also of what POOL sums */
    /* Set by `layout`: byte offsets into the workspace, or into a thread's part of it. */
    int64_t pad;                              /* columns of zeros on both sides of each row of d */
    int64_t lanes_a, lanes_d, lanes_p;        /* a thread's: [map][row][col] of vectors */
    int64_t forward, backward;                /* weights in the order in which sums take them */
    int64_t pixels, deltas, products, totals; /* for the gradients' sums, one image after another */
    int64_t together;                         /* rows of a kernel that share the lanes of a sum */
} Stage;

typedef struct {
    int64_t stages, images, mode;
    int64_t lowest;         /* the lowest stage whose d is wanted */
    int64_t threads;        /* how many share the work */
    const void *x;          /* images; strides in bytes */
    int64_t x_type, x_row, x_col, x_channel, x_image;
    const int64_t *index;   /* which images; NULL for all, from the first on */
    const void *y;          /* targets (images, classes) */
    void *e;                /* (classes, images), or NULL */
    void *loss;             /* one number */
    const void *weights;    /* all of them, one after the other */
    int64_t weight_count;
    int64_t (*sigm)(void *, int64_t); /* in place; says whether there was a NaN */
    char *workspace;
    int64_t shared, private_size; /* set by `layout`: bytes for all, and for each thread */
    int64_t scratch, first_pixels, errors;
    int64_t arrived, round; /* of `meet` */
    int64_t bad, odd_weights; /* whether something was not finite */
    Stage *stage;
} Plan;

#endif

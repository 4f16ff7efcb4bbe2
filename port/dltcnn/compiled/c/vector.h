/* Vectors of this build's width, the same in each class: a lane is an image, or a map. */
#ifndef DLTCNN_VECTOR_H
#define DLTCNN_VECTOR_H

#include <stdint.h>
#include <string.h>

#ifdef DLT_SINGLE
typedef float T;
typedef int32_t I;
#define TSIZE 4
#else
typedef double T;
typedef int64_t I;
#define TSIZE 8
#endif

#if defined(__AVX512F__) || defined(__aarch64__)
#define REGISTERS 32
#else
#define REGISTERS 16
#endif
#ifndef VBYTES
#if defined(__AVX512F__)
#define VBYTES 64
#elif defined(__AVX2__)
#define VBYTES 32
#else
#define VBYTES 16
#endif
#endif
#define V (VBYTES / TSIZE)

typedef T vec __attribute__((vector_size(VBYTES), may_alias));
typedef T uvec __attribute__((vector_size(VBYTES), aligned(TSIZE), may_alias)); /* at any address */
typedef I ivec __attribute__((vector_size(VBYTES)));

#define INLINE static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* The name of a function of this build, such as dlt_run_double_avx2. */
#define NAME_(name, cls, variant) dlt_##name##_##cls##_##variant
#define NAME__(name, cls, variant) NAME_(name, cls, variant)
#ifdef DLT_SINGLE
#define NAME(name) NAME__(name, single, DLT_VARIANT)
#else
#define NAME(name) NAME__(name, double, DLT_VARIANT)
#endif

/* Part of what is left, so that the parts come out alike. */
INLINE int64_t even_part(int64_t left, int64_t most) {
    if (left <= most) return left; /* a division takes as long as twenty sums */
    int64_t parts = (left + most - 1) / most;
    return (left + parts - 1) / parts;
}

INLINE int64_t round_up(int64_t n) { return (n + V - 1) / V * V; }

#endif

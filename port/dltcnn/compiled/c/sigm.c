/* The logistic function with the bits of libm's exp, many numbers at a time.
 *
 * exp is evaluated as glibc (since 2.28) and ARM's optimized-routines do: 2^(k/N) from a table, times
 * a polynomial in what is left, with fused multiply-adds where the processor has them, as glibc's
 * build for it has. Whether these are the bits of the libm that is here, the caller finds out; it
 * has also filled the table. Large arguments, Inf and NaN go to libm itself.
 */
#include <math.h>

#undef VBYTES /* the widest there are, also where the passes take narrower ones */
#include "vector.h"
#ifdef __x86_64__
#include <immintrin.h>
#endif

extern const uint64_t *dlt_exp_table; /* 128 pairs (rest, bits) for exp, 32 numbers for expf */

#define DOUBLES (VBYTES / 8)
typedef double dvec __attribute__((vector_size(VBYTES), may_alias));
typedef int64_t lvec __attribute__((vector_size(VBYTES), may_alias));

#if defined(DLT_FMA) && defined(__AVX512F__)
#define FMA(a, b, c) ((dvec)_mm512_fmadd_pd((__m512d)(a), (__m512d)(b), (__m512d)(c)))
#elif defined(DLT_FMA) && defined(__FMA__)
#define FMA(a, b, c) ((dvec)_mm256_fmadd_pd((__m256d)(a), (__m256d)(b), (__m256d)(c)))
#elif defined(DLT_FMA) && defined(__aarch64__)
INLINE dvec fused(dvec a, dvec b, dvec c) {
    for (int i = 0; i < DOUBLES; i++) c[i] = __builtin_fma(a[i], b[i], c[i]);
    return c;
}
#define FMA(a, b, c) fused(a, b, c)
#else
#define FMA(a, b, c) ((a) * (b) + (c))
#endif

INLINE dvec all(double x) { return x - (dvec){0}; }

/* Every `step`-th number of a table, from `start` on. */
INLINE lvec look_up(lvec index, int64_t step, const uint64_t *start) {
    lvec found = {0};
    for (int i = 0; i < DOUBLES; i++) found[i] = start[index[i] * step];
    return found;
}

#ifdef __AVX2__
INLINE __m256d two_pairs(const double *table, int64_t first, int64_t second) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(table + 2 * first)),
                                _mm_loadu_pd(table + 2 * second), 1);
}
#endif

/* Pairs of the table of 128: both numbers of a pair in one load, where the processor has it. */
INLINE void look_up_pairs(lvec i, lvec *rest, lvec *bits) {
#if defined(__AVX512F__)
    const double *table = (const double *)dlt_exp_table;
    __m512d even = _mm512_insertf64x4(_mm512_castpd256_pd512(two_pairs(table, i[0], i[2])),
                                      two_pairs(table, i[4], i[6]), 1);
    __m512d odd = _mm512_insertf64x4(_mm512_castpd256_pd512(two_pairs(table, i[1], i[3])),
                                     two_pairs(table, i[5], i[7]), 1);
    *rest = (lvec)_mm512_unpacklo_pd(even, odd);
    *bits = (lvec)_mm512_unpackhi_pd(even, odd);
#elif defined(__AVX2__)
    const double *table = (const double *)dlt_exp_table;
    __m256d even = two_pairs(table, i[0], i[2]), odd = two_pairs(table, i[1], i[3]);
    *rest = (lvec)_mm256_unpacklo_pd(even, odd);
    *bits = (lvec)_mm256_unpackhi_pd(even, odd);
#else
    *rest = look_up(i, 2, dlt_exp_table);
    *bits = look_up(i, 2, dlt_exp_table + 1);
#endif
}

INLINE dvec exp_double(dvec x) {
    const double shift = 0x1.8p52;
    dvec kd = FMA(x, all(0x1.71547652b82fep0 * 128), all(shift));
    lvec k = (lvec)kd;
    kd -= shift;
    dvec r = FMA(kd, all(-0x1.62e42fefa0000p-8), x);
    r = FMA(kd, all(-0x1.cf79abc9e3b39p-47), r);
    lvec rest, bits;
    look_up_pairs(k & 127, &rest, &bits);
    dvec scale = (dvec)(bits + (k << 45)), square = r * r;
    dvec low = FMA(r, all(0x1.555555555543cp-3), all(0x1.ffffffffffdbdp-2));
    dvec high = FMA(r, all(0x1.1111167a4d017p-7), all(0x1.55555cf172b91p-5));
    dvec sum = FMA(square, low, (dvec)rest + r);
    sum = FMA(square * square, high, sum);
    return FMA(scale, sum, scale);
}

#ifdef DLT_SINGLE
typedef float half __attribute__((vector_size(VBYTES / 2), may_alias, aligned(4)));

/* Numbers of the table of 32: where a register holds eight, all of it stays in four of them. */
INLINE lvec look_up_32(lvec k) {
    const uint64_t *table = dlt_exp_table + 256;
#ifdef __AVX512F__
    __m512i index = (__m512i)k;
    __m512i low = _mm512_permutex2var_epi64(_mm512_loadu_si512(table), index,
                                            _mm512_loadu_si512(table + 8));
    __m512i high = _mm512_permutex2var_epi64(_mm512_loadu_si512(table + 16), index,
                                             _mm512_loadu_si512(table + 24));
    __mmask8 upper = _mm512_test_epi64_mask(index, _mm512_set1_epi64(16));
    return (lvec)_mm512_mask_blend_epi64(upper, low, high);
#else
    return look_up(k & 31, 1, table);
#endif
}

INLINE dvec exp_of_single(dvec x) {
    const double shift = 0x1.8p52, N = 32;
    const dvec over_ln2 = all(0x1.71547652b82fep0 * N);
#ifdef DLT_FMA
    dvec kd = FMA(x, over_ln2, all(shift));
#else
    dvec z = x * over_ln2, kd = z + shift;
#endif
    lvec k = (lvec)kd;
    kd -= shift;
#ifdef DLT_FMA
    dvec r = FMA(x, over_ln2, -kd);
#else
    dvec r = z - kd;
#endif
    dvec scale = (dvec)(look_up_32(k) + (k << 47));
    dvec high = FMA(r, all(0x1.c6af84b912394p-5 / N / N / N), all(0x1.ebfce50fac4f3p-3 / N / N));
    dvec low = FMA(r, all(0x1.62e42ff0c52d6p-1 / N), all(1));
    return FMA(high, r * r, low) * scale;
}

/* By halves that stay in registers: a detour by memory waits for both to arrive there. */
INLINE vec exp_vector(vec x) {
#if defined(__AVX512F__)
    __m512 all = (__m512)x;
    __m256 low = _mm512_castps512_ps256(all), high = _mm512_extractf32x8_ps(all, 1);
    low = _mm512_cvtpd_ps((__m512d)exp_of_single((dvec)_mm512_cvtps_pd(low)));
    high = _mm512_cvtpd_ps((__m512d)exp_of_single((dvec)_mm512_cvtps_pd(high)));
    return (vec)_mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1);
#elif defined(__AVX2__)
    __m256 all = (__m256)x;
    __m128 low = _mm256_castps256_ps128(all), high = _mm256_extractf128_ps(all, 1);
    low = _mm256_cvtpd_ps((__m256d)exp_of_single((dvec)_mm256_cvtps_pd(low)));
    high = _mm256_cvtpd_ps((__m256d)exp_of_single((dvec)_mm256_cvtps_pd(high)));
    return (vec)_mm256_insertf128_ps(_mm256_castps128_ps256(low), high, 1);
#else
    half *parts = (half *)&x;
    UNROLL for (int i = 0; i < 2; i++)
        parts[i] = __builtin_convertvector(exp_of_single(__builtin_convertvector(parts[i], dvec)), half);
    return x;
#endif
}
#define LIMIT 80.0f
#define SIGN_BIT 0x80000000
#define EXP expf
#else
INLINE vec exp_vector(vec x) { return (vec)exp_double((dvec)x); }
#define LIMIT 500.0
#define SIGN_BIT 0x8000000000000000
#define EXP exp
#endif

/* Whether each lane is beyond the limit, or NaN, by the bits of its size. */
INLINE ivec beyond(vec x) {
    const T limit = LIMIT;
    I bits;
    memcpy(&bits, &limit, sizeof bits);
    return ((ivec)x & (I)~SIGN_BIT) >= bits;
}

INLINE int some(ivec x) {
    I found = 0;
    for (int i = 0; i < V; i++) found |= x[i];
    return found != 0;
}

/* Whole vectors. */
static int64_t of_vectors(uvec *x, int64_t n) {
    ivec large = {0};
    for (int64_t i = 0; i < n; i++) large |= beyond(x[i]);
    if (!some(large)) {
        for (int64_t i = 0; i < n; i++) x[i] = 1 / (1 + exp_vector(-x[i]));
        return 0;
    }
    int64_t nan = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!some(beyond(x[i]))) {
            x[i] = 1 / (1 + exp_vector(-x[i]));
            continue;
        }
        for (int lane = 0; lane < V; lane++) {
            nan |= x[i][lane] != x[i][lane];
            x[i][lane] = 1 / (1 + EXP(-x[i][lane]));
        }
    }
    return nan;
}

/* In place, n numbers; says whether there was a NaN. */
int64_t NAME(sigm)(void *numbers, int64_t n) {
    T *x = numbers;
    int64_t whole = n / V * V, nan = of_vectors((uvec *)x, whole / V);
    if (whole == n) return nan;
    vec rest = {0};
    memcpy(&rest, x + whole, (n - whole) * sizeof(T));
    nan |= of_vectors((uvec *)&rest, 1);
    memcpy(x + whole, &rest, (n - whole) * sizeof(T));
    return nan;
}

/* The same by libm alone. */
int64_t NAME(sigm_libm)(void *numbers, int64_t n) {
    T *x = numbers;
    int64_t nan = 0;
    for (int64_t i = 0; i < n; i++) {
        nan |= x[i] != x[i];
        x[i] = 1 / (1 + EXP(-x[i]));
    }
    return nan;
}

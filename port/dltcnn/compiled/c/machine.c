/* What there is once, whatever the class and the processor. */
#include <stdint.h>
#ifdef __x86_64__
#include <cpuid.h>
#endif

__attribute__((visibility("hidden"))) const uint64_t *dlt_exp_table;

/* The numbers that exp is made of; they must stay where they are. */
void dlt_set_exp_table(const uint64_t *table) { dlt_exp_table = table; }

/* Whether this processor can run a build: 0 baseline, 1 AVX2, 2 AVX-512. */
int dlt_supports(int build) {
#ifdef __x86_64__
    __builtin_cpu_init();
    if (build == 2)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("fma");
    if (build == 1) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return build == 0;
}

/* Whether it does the work of a vector of 64 bytes in two halves, as AMD's family 19h does (Zen 4;
   Zen 3 has none): narrower ones are as quick then, and leave fewer lanes empty. */
int dlt_halves(void) {
#ifdef __x86_64__
    unsigned a, b, c, d;
    if (!__get_cpuid(0, &a, &b, &c, &d) || b != signature_AMD_ebx) return 0;
    __get_cpuid(1, &a, &b, &c, &d);
    return ((a >> 8) & 0xf) + ((a >> 20) & 0xff) == 0x19;
#else
    return 0;
#endif
}

/* Which sources this was made of. */
const char *dlt_sources(void) { return DLT_SOURCES; }

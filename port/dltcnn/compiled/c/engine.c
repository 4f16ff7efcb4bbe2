/* The engine of one class for one kind of processor: DLT_SINGLE and the -m flags say which. */
#include <sched.h>

#include "backward.h"
#include "gradients.h"

/* Images that a thread takes at a time. */
int64_t NAME(block)(void) { return V; }

void NAME(layout)(Plan *plan) { lay_out(plan); }

/* Wait until all threads are here. */
static void meet(Plan *plan) {
    int64_t round = __atomic_load_n(&plan->round, __ATOMIC_ACQUIRE);
    if (__atomic_add_fetch(&plan->arrived, 1, __ATOMIC_ACQ_REL) == plan->threads) {
        __atomic_store_n(&plan->arrived, 0, __ATOMIC_RELAXED);
        __atomic_store_n(&plan->round, round + 1, __ATOMIC_RELEASE);
        return;
    }
    for (int spins = 0; __atomic_load_n(&plan->round, __ATOMIC_ACQUIRE) == round; spins++)
        if (spins > 1000) sched_yield();
}

/* Run a plan; each of `plan->threads` threads calls it with its number. Sets plan->bad. */
void NAME(run)(Plan *plan, int64_t thread) {
    Block b = {.plan = plan, .own = plan->workspace + plan->shared + thread * plan->private_size};
    if (thread == 0) {
        plan->odd_weights = !finite_numbers(plan->weights, plan->weight_count);
        pack(plan);
    }
    meet(plan);
    if (plan->odd_weights) return;
    for (b.first = thread * V; b.first < plan->images; b.first += plan->threads * V) {
        forward_block(&b);
        if (plan->mode & BACKWARD) backward_block(&b);
    }
    if (b.bad) __atomic_store_n(&plan->bad, 1, __ATOMIC_RELAXED);
    meet(plan);
    if (!(plan->mode & BACKWARD)) return;
    sum_gradients(plan, thread);
    meet(plan);
    if (thread == 0) {
        mean_gradients(plan);
        sum_loss(plan);
    }
}

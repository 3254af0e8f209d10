"""SimPy's part of sim/vs-simpy: a line "WORK SPAN SPAN ..." in, a line "SECONDS END" out, until the input ends."""

import sys
from time import process_time

import simpy


def sleeper(env, span):
    yield env.timeout(span)


def holder(env, permits, span):
    with permits.request() as permit:
        yield permit
        yield env.timeout(span)


def simulate(work, spans, limit):
    env = simpy.Environment()
    permits = simpy.Resource(env, capacity=limit)
    for span in spans:
        env.process(sleeper(env, span) if work == "sleeps" else holder(env, permits, span))
    env.run()
    return env.now


limit = int(sys.argv[1])
for line in sys.stdin:
    work, *spans = line.split()
    spans = [int(span) for span in spans]
    start = process_time()
    end = simulate(work, spans, limit)
    print(process_time() - start, end, flush=True)

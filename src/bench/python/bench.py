"""What CPython's multiprocessing does of the same: `bench.py quick|full NAME` prints one line, as procession.bench.Measured reads it."""

import math
import multiprocessing
import os
import sys
import threading
import time

ROUNDS = 5
WARM_UP = 2


def end_with_parent():
    """Whoever started this is gone when the standard input ends; then this ends, and its children."""

    def watch():
        while os.read(0, 1024):
            pass
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def timed(seconds, together, operation):
    """Nanoseconds of each sample, for so long."""
    samples = []
    begin = before = time.monotonic_ns()
    end = begin + int(seconds * 1e9)
    while before < end:
        for _ in range(together):
            operation()
        after = time.monotonic_ns()
        samples.append(after - before)
        before = after
    return samples


def latency(quick, together, operation):
    """The median of each round, and p99 of all, in microseconds."""
    timed(0.02 if quick else 0.5, together, operation)
    rounds = [timed(0.02 if quick else 0.5, together, operation) for _ in range(2 if quick else ROUNDS)]
    micro = 1000 * together
    every = sorted(sample for samples in rounds for sample in samples)
    p99 = every[min(len(every) - 1, int(0.99 * len(every)))] / micro
    return [sorted(samples)[len(samples) // 2] / micro for samples in rounds], p99


def pair_of(lock):
    def pair():
        lock.acquire()
        lock.release()

    return pair


def lock(quick):
    return latency(quick, 100, pair_of(multiprocessing.Lock()))


def manager_lock(quick):
    with multiprocessing.Manager() as manager:
        return latency(quick, 1, pair_of(manager.Lock()))


def answer(there, back):
    while True:
        item = there.get()
        if item is None:
            return
        back.put(item)


def queue_roundtrip(quick):
    there, back = multiprocessing.Queue(), multiprocessing.Queue()
    partner = multiprocessing.Process(target=answer, args=(there, back), daemon=True)
    partner.start()

    def turn():
        there.put(1)
        back.get()

    result = latency(quick, 1, turn)
    there.put(None)
    partner.join()
    return result


def pipe_answer(end):
    while True:
        item = end.recv()
        if item is None:
            return
        end.send(item)


def pipe_roundtrip(quick):
    own, other = multiprocessing.Pipe()
    partner = multiprocessing.Process(target=pipe_answer, args=(other,), daemon=True)
    partner.start()

    def turn():
        own.send(1)
        own.recv()

    result = latency(quick, 1, turn)
    own.send(None)
    partner.join()
    return result


def move(operation, barrier, items, rounds, shares):
    """A process's work: so many items in each round. Tells when it began and ended each, and the sum of all."""
    moments = []
    total = 0
    for _ in range(rounds):
        barrier.wait()
        begin = time.monotonic_ns()
        for item in range(1, items + 1):
            total += operation(item)
        moments.append((begin, time.monotonic_ns()))
    shares.put((moments, total))


def producer(put, *rest):
    def operation(item):
        put(item)
        return item

    move(operation, *rest)


def consumer(get, *rest):
    move(lambda _: get(), *rest)


def throughput(quick, each, put, get):
    items = (200 if quick else 200_000) // each
    rounds = WARM_UP + (1 if quick else ROUNDS)
    barrier = multiprocessing.Barrier(2 * each)
    sent, taken = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    for _ in range(each):
        multiprocessing.Process(target=consumer, args=(get, barrier, items, rounds, taken), daemon=True).start()
        multiprocessing.Process(target=producer, args=(put, barrier, items, rounds, sent), daemon=True).start()
    producers = [sent.get() for _ in range(each)]
    consumers = [taken.get() for _ in range(each)]
    if sum(total for _, total in producers) != sum(total for _, total in consumers):
        raise SystemExit("bench.py: items were lost")
    rates = []
    for i in range(WARM_UP, rounds):
        begin = min(moments[i][0] for moments, _ in producers)
        end = max(moments[i][1] for moments, _ in consumers)
        rates.append(each * items * 1e9 / (end - begin))
    return rates, float("nan")


def queue_throughput(quick, each=1):
    queue = multiprocessing.Queue()
    return throughput(quick, each, queue.put, queue.get)


def queue_throughput_4x4(quick):
    return queue_throughput(quick, 4)


def pipe_throughput(quick):
    receiving, sending = multiprocessing.Pipe(duplex=False)
    return throughput(quick, 1, sending.send, receiving.recv)


def started(moments):
    moments.put(time.monotonic_ns())


def start_one(context, moments):
    begin = time.monotonic_ns()
    process = context.Process(target=started, args=(moments,))
    process.start()
    seconds = (moments.get() - begin) / 1e9
    process.join()
    return seconds


def process_start(quick):
    context = multiprocessing.get_context("spawn")
    moments = context.SimpleQueue()
    return [start_one(context, moments) for _ in range(2 if quick else 6)][1:], float("nan")


def process_start_20(quick):
    context = multiprocessing.get_context("spawn")
    moments = context.SimpleQueue()
    begin = time.monotonic_ns()
    processes = [context.Process(target=started, args=(moments,)) for _ in range(2 if quick else 20)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [(time.monotonic_ns() - begin) / 1e9], float("nan")


def tiny(number):
    return number + 1


def pool_task(quick):
    with multiprocessing.Pool(2) as pool:
        return latency(quick, 1, lambda: pool.apply(tiny, (1,)))


def pool_map(quick):
    """Tasks in a second, in each round: so many maps as fit into it."""
    items = range(200 if quick else 10_000)
    expected = list(range(1, len(items) + 1))

    def whole_map():
        if pool.map(tiny, items) != expected:
            raise SystemExit("bench.py: a map is wrong")

    with multiprocessing.Pool(2) as pool:
        timed(0.05 if quick else 3, 1, whole_map)
        rounds = [timed(0.02 if quick else 0.6, 1, whole_map) for _ in range(2 if quick else ROUNDS)]
    return [len(items) * len(maps) * 1e9 / sum(maps) for maps in rounds], float("nan")


def add_one(value, lock):
    """Without the lock, what others add meanwhile would be lost."""
    with lock:
        value.value += 1


def manager_value(quick):
    with multiprocessing.Manager() as manager:
        value, lock = manager.Value("q", 0), manager.Lock()
        return latency(quick, 1, lambda: add_one(value, lock))


def shared_value(quick):
    value = multiprocessing.Value("q", 0)
    return latency(quick, 100, lambda: add_one(value, value.get_lock()))


def adder(value, lock, *rest):
    def operation(item):
        add_one(value, lock)
        return item

    move(operation, *rest)


def manager_value_contended(quick):
    each, items, rounds = 4, 20 if quick else 1_000, WARM_UP + (1 if quick else ROUNDS)
    barrier, shares = multiprocessing.Barrier(each), multiprocessing.SimpleQueue()
    with multiprocessing.Manager() as manager:
        value, lock = manager.Value("q", 0), manager.Lock()
        for _ in range(each):
            multiprocessing.Process(target=adder, args=(value, lock, barrier, items, rounds, shares), daemon=True).start()
        moments = [shares.get()[0] for _ in range(each)]
        if value.value != each * items * rounds:
            raise SystemExit("bench.py: updates were lost")
    return [each * items * 1e9 / (max(own[i][1] for own in moments) - min(own[i][0] for own in moments))
            for i in range(WARM_UP, rounds)], float("nan")


WORK = {
    "python.lock": lock,
    "python.manager.lock": manager_lock,
    "python.queue.roundtrip": queue_roundtrip,
    "python.pipe.roundtrip": pipe_roundtrip,
    "python.queue.throughput": queue_throughput,
    "python.queue.throughput.4x4": queue_throughput_4x4,
    "python.pipe.throughput": pipe_throughput,
    "python.pool.task": pool_task,
    "python.pool.map": pool_map,
    "python.manager.value": manager_value,
    "python.manager.value.4": manager_value_contended,
    "python.value": shared_value,
    "python.process.start": process_start,
    "python.process.start.20": process_start_20,
}


def main():
    end_with_parent()
    effort, name = sys.argv[1:]
    values, p99 = WORK[name](effort == "quick")
    print("measured", name, "NaN" if math.isnan(p99) else p99, " ".join(map(str, values)), sep="\t", flush=True)


if __name__ == "__main__":
    main()

package procession;

/**
 * A lock that the thread which holds it may acquire again. It is free when it has been given back
 * as often as it was acquired.
 *
 * <p>A hold belongs to one thread: no other thread acquires it again, and none gives it back. Every acquire gives a {@link Grant} of its
 * own, and all grants of one hold have the same {@link Grant#fence() fence}. {@link #acquireAsync()} and {@link #ref()} have no thread:
 * what they are granted is a hold that nobody re-enters, and that any thread of the process may give back.
 *
 * <p>The death of the process that holds it passes it on, at whatever depth.
 *
 * <p>In Python: {@code multiprocessing.RLock}.
 */
public interface RLock extends Lock {}

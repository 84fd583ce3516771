package procession;

/**
 * A semaphore that never has more permits than it began with. A release that would
 * bring more is refused, and changes nothing.
 *
 * <p>What is owed counts too: {@code value + owed} stays within the bound, so that the death of a process cannot lift the value above it
 * later. A process that owes nothing may release while another one owes: that writes off the longest-owed permit.
 *
 * <p>A release of what this process holds does not wait for the keeper. Any other one does, so that it can be refused at once: it throws
 * {@link IllegalStateException}, as it does on a thread of an actor's dispatcher, which must not wait.
 *
 * <p>In Python: {@code multiprocessing.BoundedSemaphore}, which raises {@code ValueError} where this throws.
 */
public interface BoundedSemaphore extends Semaphore {}

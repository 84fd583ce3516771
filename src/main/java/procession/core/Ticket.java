package procession.core;

/**
 * Names one attempt: who asks, in which of its threads, and which request of its session that was.
 *
 * @param owner the process that asks
 * @param strand the calling thread; 0 for calls without one (asynchronous ones, and actors)
 * @param id the request's number in its session's stream
 */
public record Ticket(Owner owner, long strand, long id) {}

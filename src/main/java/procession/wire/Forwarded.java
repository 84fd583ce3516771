package procession.wire;

import procession.core.Carried;

/**
 * A command of an actor on its way to the process in which that actor lives: whoever asks through a reference owns what it is granted,
 * wherever the reference came from.
 *
 * @param to the primitive
 * @param command a command of its family
 */
public record Forwarded(Carried to, Object command) {}

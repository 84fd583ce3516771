/**
 * The rules, pure and deterministic: machines, the link, and the keeper's step. No clock, thread, randomness, logging or I/O: time is
 * passed in, and what happens is returned.
 */
package procession.core;

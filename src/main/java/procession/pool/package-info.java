/**
 * Pools: {@link procession.pool.Dispatch} decides, without clock or thread, which worker does which job and what a death means; the rest
 * does it, with a pipe and a process for each worker.
 */
package procession.pool;

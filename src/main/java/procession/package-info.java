/**
 * What users import: Python's {@code multiprocessing} for the JVM. Start with {@link procession.Procession}. Each type says what it is in
 * Python: look for the paragraph that begins with <i>In Python</i>.
 *
 * <p>{@code procession.Process} and {@code procession.Queue} share their names with classes of {@code java.lang} and
 * {@code java.util}: import the single types, or use {@code var}.
 *
 * <p>What holds wherever nothing else is said:
 *
 * <ul>
 * <li><b>Blocking.</b> A method that throws {@link java.lang.InterruptedException} waits for the keeper, or for another process. So do
 *     {@link procession.Procession#start()}, {@code join} and {@code close} of a run. The others return at once; those named
 *     {@code …Async} give a future, whose dependent stages may wait themselves.
 * <li><b>Threads.</b> Every object may be used from any thread, at the same time. Values are immutable.
 * <li><b>Errors.</b> Misuse is an {@link java.lang.IllegalArgumentException} or an {@link java.lang.IllegalStateException}. What else can
 *     go wrong is a {@link procession.ProcessionException}. Besides what a method names, all that ask the keeper throw
 *     {@link procession.RunEndedException} when the run is over, and {@link procession.KeeperSilentException} when there is no answer to
 *     a call with a time-out.
 * </ul>
 */
package procession;

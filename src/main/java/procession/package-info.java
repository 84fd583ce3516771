/**
 * What users import: Python's {@code multiprocessing} for the JVM. Start with {@link procession.Procession}.
 *
 * <p>{@code procession.Process} and {@code procession.Queue} share their names with classes of {@code java.lang} and
 * {@code java.util}: import the single types, or use {@code var}.
 */
package procession;

package procession;

/**
 * A value of a {@link Cell} or of a key of a {@link SharedMap}, as it was at one moment, and the number of the change that made it so.
 * Every change has a higher number than the one before, so whoever has seen a value can ask for a change only if it is the latest still.
 *
 * <p>In Python: none.
 *
 * @param value the value, a copy of this process's own; changing it changes nothing shared
 * @param version the number of the change, from 1 on
 * @param <T> type of the value
 */
public record Versioned<T>(T value, long version) {}

package procession.bench;

/**
 * One line of the table.
 *
 * @param name its name
 * @param unit of its value
 * @param about what is measured, in a few words
 */
record Line(String name, String unit, String about) {}

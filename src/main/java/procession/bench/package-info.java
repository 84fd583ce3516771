/** {@code bin/procession bench}: how fast it is, beside what is below it and beside Python, measured in one go. */
package procession.bench;

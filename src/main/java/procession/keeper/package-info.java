/** The keeper's shell: one actor that feeds the deterministic keeper of the core with messages, time and evidence. */
package procession.keeper;

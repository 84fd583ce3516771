/** What happened in a run: kept, and later written, read and judged. */
package procession.record;

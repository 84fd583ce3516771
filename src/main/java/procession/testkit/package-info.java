/** For tests of programs with processes: runs that end for certain, processes that are killed and paused, and conditions awaited. */
package procession.testkit;

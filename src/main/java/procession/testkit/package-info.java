/**
 * For tests of programs with processes. {@link procession.testkit.ProcessionExtension} gives JUnit Jupiter's tests a run that ends for
 * certain; {@link procession.testkit.TestRun} kills and pauses processes and awaits conditions;
 * {@link procession.testkit.History} and its assertions say what has happened. Only the extension needs JUnit.
 */
package procession.testkit;

/**
 * Asking a running program: the questions and answers, who answers them in the main process, and who asks. {@code docs/asking.md} describes
 * the answers.
 */
package procession.ask;

/** A process's end of its link to the keeper: numbering, waiting, and the handles that users hold. */
package procession.session;

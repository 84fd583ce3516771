/**
 * What a run looks like: who lived when, who waited for what, who held what, how full things were; as a live page, a report, a trace for
 * other tools.
 *
 * <p>Everything shown comes from one model. {@link procession.view.Timeline} is told what happens, and says what that changes in the
 * picture: {@link procession.view.Change}, each of which is one JSON object on one line ({@link procession.view.ChangeEncoder}). Whoever
 * draws keeps the picture; the model keeps what is open. {@link procession.view.Summary} counts per primitive, from the same model, so page, report
 * and tests agree.
 *
 * <p>How to drive a timeline:
 *
 * <ul>
 *   <li>{@code new Timeline(nanos)} with the moment that is 0 in the picture: the header's {@code nanos} of a record, or the start of a run.
 *   <li>{@code on(happening)} for each happening, in the keeper's order.
 *   <li>{@code own(grant)} and {@code own(release)} for the grants that a borrower of a lock makes itself, where they are known: in a record.
 *   <li>{@code gap(nanos, count)} where happenings are missing, {@code closed(nanos, orderly)} at the end.
 *   <li>{@code quiet()}, live only, when nothing has come for a while (0.1 s): whether a request waits is known when the keeper's next step
 *       begins, as one that is answered in its own step has not waited. So the wait of the last step is told late, or by {@code quiet()}.
 * </ul>
 */
package procession.view;

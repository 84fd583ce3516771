package procession.testkit;

/**
 * Where assertions begin. They need no library; they fail with {@link AssertionError}, and their messages say what happened instead.
 *
 * <pre>{@code
 * import static procession.testkit.ProcessionAssertions.assertThat;
 * …
 * assertThat(history).heldByOneAtATime(lock).abandoned(lock, "worker").keepsTheLaws();
 * }</pre>
 *
 * <p>It can be imported beside the {@code assertThat} of another library.
 */
public final class ProcessionAssertions {

    private ProcessionAssertions() {}

    /**
     * Says what must be in a history, as it is now.
     *
     * @param history the history
     * @return assertions; they look at what has happened before this call
     * @throws IllegalStateException if more has happened than is remembered ({@code procession.record.size})
     */
    public static HistoryAssert assertThat(History history) {
        return new HistoryAssert(history.seen());
    }
}

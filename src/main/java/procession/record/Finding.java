package procession.record;

/** Is told of a contradiction in a record. */
@FunctionalInterface
interface Finding {

    /**
     * Something is not as it should be.
     *
     * @param how what happened, in one sentence
     * @param lines the lines that contradict each other; those that are missing are null
     */
    void broken(String how, Entry... lines);
}

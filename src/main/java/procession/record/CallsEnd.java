package procession.record;

/**
 * Every call ends: whoever asked, and waited for the answer, is told how it ended, unless its process has ended before. Of processes that
 * live on after the run, and of a run that was cut short, nothing can be said.
 */
final class CallsEnd extends Law {

    CallsEnd(Evidence evidence) {
        super("calls end", "Whoever asks is told, unless its process ends before.", evidence);
    }

    @Override
    boolean suffersFromGaps() {
        return true;
    }

    @Override
    void allRead() {
        if (!evidence.hasOrderlyEnd() || !evidence.gaps().isEmpty()) {
            return;
        }
        for (var call : evidence.calls()) {
            long owner = call.key.owner();
            boolean waited = call.invoked != null && !call.invoked.invoked().quiet();
            if (waited && call.returned == null && evidence.endOf(owner) == null && !evidence.mayLiveOn(owner)) {
                broken(name(owner) + " called " + call.command() + " of " + evidence.primitive(call.invoked.invoked().primitive()).label()
                        + ", and was never told how that ended.", call.invoked, call.answered);
            }
        }
    }
}

package procession.node;

import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import procession.pool.Host;

/** A bar of progress: the library draws it, the line of {@link Progress} shows it. */
final class Bar implements Host.Gauge {

    private static final int UPDATE_MILLIS = 200;
    private static final int WIDTH = 79;

    private final ProgressBar bar;

    Bar(String what, long of, Consumer<String> shown, Runnable last) {
        bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(of).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS).setConsumer(new Line(shown, last)).build();
    }

    @Override
    public void at(long done) {
        bar.stepTo(done);
    }

    @Override
    public void over() {
        bar.close();
    }

    private record Line(Consumer<String> shown, Runnable last) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String text) {
            shown.accept(text);
        }

        @Override
        public void close() {
            last.run();
        }
    }
}

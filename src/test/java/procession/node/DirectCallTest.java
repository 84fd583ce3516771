package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.pool.Worker;

class DirectCallTest {

    /** Whose class it is. */
    private enum Home {
        THE_CLASS_PATH, A_FILE_THAT_IS_RUN;

        Class<?> tasks() throws Exception {
            if (this == THE_CLASS_PATH) {
                return Tasks.class;
            }
            var folder = Path.of(Tasks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var tasks = Class.forName(Tasks.class.getName(), true, new ScenarioLoader(List.of(folder)));
            assertThat(tasks).as("another loader's").isNotEqualTo(Tasks.class);
            return tasks;
        }

        Worker.Call call(String method) throws Throwable {
            return DirectCall.of(Arrays.stream(tasks().getDeclaredMethods()).filter(each -> each.getName().equals(method)).findFirst()
                    .orElseThrow());
        }
    }

    static final class Tasks {

        private Tasks() {}

        private static String none() {
            return "none";
        }

        private static int square(int number) {
            return number * number;
        }

        private static String four(String a, long b, Object c, char d) {
            return a + b + c + d;
        }

        private static String five(int a, int b, int c, int d, int e) {
            return "" + a + b + c + d + e;
        }

        private static void nothing(StringBuilder to) {
            to.append("done");
        }

        private static int fails() throws java.io.IOException {
            throw new java.io.IOException("no luck");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPrivateMethodIsCalledWithTheArgumentsFromThere(Home home) throws Throwable {
        assertThat(home.call("none").with(new Object[0], 0)).isEqualTo("none");
        assertThat(home.call("square").with(new Object[] {2, 3, 4}, 1)).isEqualTo(9);
        assertThat(home.call("four").with(new Object[] {"-", "a", 1L, null, 'b'}, 1)).isEqualTo("a1nullb");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodOfMoreParametersThanTasksHaveIsCalled(Home home) throws Throwable {
        assertThat(home.call("five").with(new Object[] {1, 2, 3, 4, 5}, 0)).isEqualTo("12345");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodWithoutAValueGivesNull(Home home) throws Throwable {
        var to = new StringBuilder();

        assertThat(home.call("nothing").with(new Object[] {to}, 0)).isNull();
        assertThat(to).hasToString("done");
    }

    @ParameterizedTest
    @EnumSource
    void whatAMethodThrowsIsThrownAsItIs(Home home) throws Throwable {
        var fails = home.call("fails");

        assertThatThrownBy(() -> fails.with(new Object[0], 0)).isExactlyInstanceOf(java.io.IOException.class).hasMessage("no luck");
    }
}

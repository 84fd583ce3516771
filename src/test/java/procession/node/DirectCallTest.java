package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import procession.pool.Worker;

class DirectCallTest {

    private interface Tasks {

        private static long twice(int number) {
            return 2L * number;
        }
    }

    private static int sum(int... numbers) {
        return Arrays.stream(numbers).sum();
    }

    private static int filled;

    private static void fill(int... numbers) {
        filled = sum(numbers);
    }

    static int answer() {
        return 42;
    }

    private static final class Broken {

        private static final int LENGTH = Integer.parseInt("none");

        private static int length() {
            return LENGTH;
        }
    }

    private static Worker.Call call(Class<?> type, String name, Class<?>... parameters) throws Throwable {
        return DirectCall.of(type.getDeclaredMethod(name, parameters));
    }

    @Test
    void aPrivateMethodOfAnInterfaceIsCalledWithPrimitives() throws Throwable {
        assertThat(call(Tasks.class, "twice", int.class).with(new Object[] {1, 4}, 1)).isEqualTo(8L);
    }

    @Test
    void anArrayOfAMethodWithManyArgumentsIsOneArgument() throws Throwable {
        assertThat(call(DirectCallTest.class, "sum", int[].class).with(new Object[] {new int[] {1, 2, 3}}, 0)).isEqualTo(6);
        assertThat(call(DirectCallTest.class, "fill", int[].class).with(new Object[] {new int[] {3, 4}}, 0)).isNull();
        assertThat(filled).isEqualTo(7);
    }

    @Test
    void aClassThatCannotBeInitializedFailsEachOfItsTasks() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> call(Broken.class, "length").with(new Object[0], 0)).isInstanceOf(LinkageError.class);
        }
    }

    /** Defines this class anew. */
    private static final class Another extends ClassLoader {

        Another() {
            super(DirectCallTest.class.getClassLoader());
        }

        Class<?> define() throws IOException {
            var name = DirectCallTest.class.getName();
            try (var file = DirectCallTest.class.getResourceAsStream("DirectCallTest.class")) {
                var bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void aClassOfAnotherLoaderIsCalledToo() throws Throwable {
        assertThat(call(new Another().define(), "answer").with(new Object[0], 0)).isEqualTo(42);
    }
}

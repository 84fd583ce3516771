package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.UsageException;

class ProgramTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void giveBackTheClassLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private Path file(String name, String source) throws Exception {
        return Files.writeString(folder.resolve(name), source);
    }

    @Test
    void aFileIsCompiledAndItsMainCalled() throws Exception {
        var source = file("Hello.java", """
                public class Hello {
                    record Word(String text) {}
                    public static void main(String[] args) { System.setProperty("hello", new Word(args[0]).text()); }
                }""");

        try (var program = Program.find(source.toString())) {
            program.call(List.of("world"));
            assertThat(System.getProperty("hello")).isEqualTo("world");
            assertThat(program.file().classes()).containsExactly("Hello", "Hello$Word");
            assertThat(Thread.currentThread().getContextClassLoader())
                    .isSameAs(program.main().getDeclaringClass().getClassLoader());
        }
    }

    @Test
    void theCompiledClassesAreForThisUserOnlyAndGoneAfterwards() throws Exception {
        var program = Program.find(file("Hello.java", "class Hello { static void main(String[] args) {} }").toString());

        var compiled = program.file().folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(compiled))).isEqualTo("rwx------");
        program.close();
        assertThat(compiled).doesNotExist();
    }

    @Test
    void aFileMayHaveAPackageAndItsClassesWinOverThoseOfTheClassPath() throws Exception {
        var source = file("Nearest.java", """
                package procession.cli;
                class Nearest { public static void main(String[] args) { throw new IllegalStateException("the copy"); } }""");

        try (var program = Program.find(source.toString())) {
            assertThatThrownBy(() -> program.call(List.of()))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseMessage("the copy");
        }
    }

    @Test
    void ofSeveralClassesWithMainTheOneNamedAsTheFileIsCalled() throws Exception {
        var source = file("Second.java", """
                class First { public static void main(String[] args) {} }
                class Second { public static void main(String[] args) {} }""");

        try (var program = Program.find(source.toString())) {
            assertThat(program.main().getDeclaringClass().getSimpleName()).isEqualTo("Second");
        }
    }

    @Test
    void aFileThatDoesNotCompileShowsTheCompilersLines() throws Exception {
        var source = file("Wrong.java", "class Wrong {\n    int n = \"text\";\n}\n");

        assertThatThrownBy(() -> Program.find(source.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(source + " does not compile:\n")
                .hasMessageContaining("Wrong.java:2: error: incompatible types")
                .hasMessageContaining("int n = \"text\";")
                .hasMessageNotContaining("hint");
    }

    @Test
    void anAmbiguousProcessOrQueueGetsAHint() throws Exception {
        var source = file("Wide.java", "import procession.*;\nclass Wide { Process process; }\n");

        assertThatThrownBy(() -> Program.find(source.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is ambiguous")
                .hasMessageContaining("import procession.Process;")
                .hasMessageContaining("`var`");
    }

    @Test
    void aFileNeedsAMain() throws Exception {
        var source = file("NoMain.java", "class NoMain { void main(String[] args) {} }");

        assertThatThrownBy(() -> Program.find(source.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has no class with a `public static void main(String[] args)`");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Program.find("/no/such/File.java"))
                .isInstanceOf(UsageException.class)
                .hasMessage("There is no file /no/such/File.java, which the command line names.");
    }

    @Test
    void aClassOfTheClassPathIsFoundByItsName() throws Exception {
        try (var program = Program.find(OnTheClassPath.class.getName())) {
            program.call(List.of("called"));
        }
        assertThat(System.getProperty("on-the-class-path")).isEqualTo("called");
    }

    @Test
    void aClassNeedsAMain() {
        assertThatThrownBy(() -> Program.find("java.lang.String"))
                .isInstanceOf(UsageException.class)
                .hasMessage("The class java.lang.String has no `public static void main(String[] args)`.");
    }

    @Test
    void whatIsNeitherSampleNorClassIsRefused() {
        assertThatThrownBy(() -> Program.find("no.such.Scenario"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("There is no sample no.such.Scenario, nor a class of that name");
    }

    static final class OnTheClassPath {
        public static void main(String[] args) {
            System.setProperty("on-the-class-path", args[0]);
        }
    }
}

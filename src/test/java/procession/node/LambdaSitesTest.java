package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Function2;
import scala.Tuple2;

/** Lambdas before and after their class file was changed. What is serializable was made by the factory that archives do not know. */
@SuppressWarnings("unchecked")
class LambdaSitesTest {

    private static final String LAMBDAS = """
            package akka.lambdas;
            public class Lambdas {
                public interface Mark {}
                public interface Narrow extends java.util.function.Function<String, Object>, java.io.Serializable {
                    Integer apply(String text);
                }
                public static Object serializable(String more) {
                    return (akka.japi.function.Function<String, String>) text -> more + text;
                }
                public static Object marked() {
                    return (akka.japi.function.Function<String, String> & Mark) text -> text + "!";
                }
                public static Object bridged() {
                    return (Narrow) String::length;
                }
                public static Object body() {
                    return (procession.Body0) () -> { };
                }
            }
            """;

    @TempDir
    Path directory;

    /** Defines one class by what it is given, and leaves all others to the tests' own loader. */
    private static final class Loader extends ClassLoader {

        Loader() {
            super(LambdaSitesTest.class.getClassLoader());
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    private Class<?> lambdas(boolean plain) throws Exception {
        var bytes = compiled(LAMBDAS);
        var loader = new Loader();
        loader.define(Files.readAllBytes(directory.resolve("akka/lambdas/Lambdas$Mark.class")));
        loader.define(Files.readAllBytes(directory.resolve("akka/lambdas/Lambdas$Narrow.class")));
        return loader.define(plain ? LambdaSites.plain(bytes) : bytes);
    }

    private byte[] compiled(String text) throws Exception {
        var source = Files.writeString(directory.resolve("Lambdas.java"), text);
        var classPath = jarOf(scala.Function1.class) + File.pathSeparator + jarOf(akka.japi.function.Function.class) + File.pathSeparator
                + jarOf(procession.Body0.class);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "21", "-proc:none", "-d", directory.toString(),
                "-cp", classPath, source.toString())).isZero();
        return Files.readAllBytes(directory.resolve("akka/lambdas/Lambdas.class"));
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Object call(Class<?> lambdas, String method, Object... arguments) throws Exception {
        var types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        return lambdas.getMethod(method, types).invoke(null, arguments);
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void aSerializableLambdaOfJavaBecomesAPlainOneAndWorks() throws Exception {
        assertThat(call(lambdas(false), "serializable", "b").getClass().getDeclaredMethod("writeReplace")).isNotNull();

        var lambda = call(lambdas(true), "serializable", "b");

        assertThatThrownBy(() -> lambda.getClass().getDeclaredMethod("writeReplace")).isInstanceOf(NoSuchMethodException.class);
        assertThat(((akka.japi.function.Function<String, String>) lambda).apply("a")).isEqualTo("ba");
    }

    @Test
    void aClassThatCastsToSerializableStaysAsItIs() throws Exception {
        var bytes = compiled("""
                package akka.lambdas;
                public class Lambdas {
                    public static Object cast() {
                        return (scala.Function1<String, String> & java.io.Serializable) text -> text;
                    }
                }
                """);

        assertThat(LambdaSites.plain(bytes)).isSameAs(bytes);
    }

    @Test
    void aLambdaWithAnotherMarkerStaysAsItIs() throws Exception {
        var lambda = call(lambdas(true), "marked");

        assertThat(lambda).isInstanceOf(Serializable.class);
        assertThat(lambda.getClass().getInterfaces()).extracting(Class::getSimpleName).contains("Mark");
    }

    @Test
    void aLambdaThatNeedsABridgeKeepsIt() throws Exception {
        var lambda = call(lambdas(true), "bridged");

        assertThat(((Function<String, Object>) lambda).apply("abc")).isEqualTo(3);
    }

    @Test
    void theBodyOfAProcessStaysSerializable() throws Exception {
        assertThat(call(lambdas(true), "body").getClass().getDeclaredMethod("writeReplace")).isNotNull();
    }

    @Test
    void aLambdaThatScalaCompiledBecomesAPlainOneAndWorks() throws Exception {
        var before = new Loader().define(classFile(scala.Function$.class));
        var after = new Loader().define(LambdaSites.plain(classFile(scala.Function$.class)));

        assertThat(tupled(before)).isInstanceOf(Serializable.class);
        assertThat(tupled(after)).isNotInstanceOf(Serializable.class);
        assertThat(((scala.Function1<Object, Object>) tupled(after)).apply(new Tuple2<>("a", "b"))).isEqualTo("ab");
    }

    private static Object tupled(Class<?> functions) throws Exception {
        Function2<String, String, String> both = (first, second) -> first + second;
        return functions.getMethod("tupled", Function2.class).invoke(functions.getField("MODULE$").get(null), both);
    }

    @Test
    void aClassWithoutSuchLambdasIsLeftAlone() throws Exception {
        var bytes = classFile(String.class);

        assertThat(LambdaSites.plain(bytes)).isSameAs(bytes);
    }

    @Test
    void whatIsNoClassFileIsRefused() {
        assertThatThrownBy(() -> LambdaSites.plain(new byte[20])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJarKeepsEverythingElseInItsOrder() throws Exception {
        var jar = jar("META-INF/MANIFEST.MF", "reference.conf", "scala/Function$.class", "META-INF/versions/21/scala/Function$.class");

        assertThat(ArchivableJars.replace(jar)).isEqualTo(2);

        try (var zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("META-INF/MANIFEST.MF", "reference.conf",
                    "scala/Function$.class", "META-INF/versions/21/scala/Function$.class");
            assertThat(zip.getInputStream(zip.getEntry("reference.conf"))).hasContent("reference.conf");
            assertThat(zip.getInputStream(zip.getEntry("scala/Function$.class")))
                    .hasBinaryContent(LambdaSites.plain(classFile(scala.Function$.class)));
        }
        assertThat(ArchivableJars.replace(jar)).as("changed again").isZero();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(jar);
        }
    }

    @Test
    void aSignedJarStaysAsItIs() throws Exception {
        var jar = jar("META-INF/MANIFEST.MF", "META-INF/SOMEONE.SF", "scala/Function$.class");
        var before = Files.readAllBytes(jar);

        assertThat(ArchivableJars.replace(jar)).isZero();

        assertThat(jar).hasBinaryContent(before);
    }

    private Path jar(String... entries) throws IOException {
        var jar = directory.resolve("some.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.endsWith(".class") ? classFile(scala.Function$.class) : entry.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }
}

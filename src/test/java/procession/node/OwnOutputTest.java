package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnOutputTest {

    @TempDir
    Path folder;

    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PrintStream ownOut;

    @BeforeEach
    void capture() {
        ownOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        System.setOut(ownOut);
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBack() {
        OwnOutput.runOver();
        System.setOut(outBefore);
        System.setErr(errBefore);
    }

    private OutputFiles open() {
        return OwnOutput.open(folder.toString(), "MainProcess");
    }

    private Path file() {
        return folder.resolve("MainProcess-" + ProcessHandle.current().pid() + ".log");
    }

    @Test
    void whatThisProcessPrintsIsPrintedAndCopied() {
        open();

        System.out.println("hellö");
        System.err.println("oh");
        System.out.printf("%d%n", 7);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hellö\n7\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("oh\n");
        assertThat(file()).hasContent("hellö\noh\n7\n");
    }

    @Test
    void linesOfTheTwoStreamsDoNotMix() {
        open();

        System.out.print("work");
        System.err.println("oh");
        System.out.println("ing");
        System.out.print("the last");
        OwnOutput.lineOver();

        assertThat(out).hasToString("working\nthe last");
        assertThat(file()).hasContent("oh\nworking\nthe last");
    }

    @Test
    void aLineWithoutEndIsCopiedInPieces() {
        open();

        System.out.print("x".repeat(200_000));

        assertThat(file()).satisfies(copy -> assertThat(copy.toFile().length()).isGreaterThan(100_000));
    }

    @Test
    void whatOthersPrintThroughItIsNotItsOwn() {
        var files = open();
        var bytes = "hello".getBytes(StandardCharsets.UTF_8);

        Console.ofProgram(false, false, files).line("child", 7, false, bytes, bytes.length);
        System.out.println("mine");

        assertThat(out).hasToString("[child 7] hello\nmine\n");
        assertThat(file()).hasContent("mine\n");
        assertThat(folder.resolve("child-7.log")).hasContent("hello\n");
    }

    @Test
    void afterTheRunNothingIsCopiedAndTheStreamsAreThoseOfBefore() {
        open();
        System.out.print("before");

        OwnOutput.runOver();
        System.out.println(" and after");

        assertThat(System.out).isSameAs(ownOut);
        assertThat(file()).hasContent("before");
    }

    @Test
    void aStreamThatSomebodyPutAboveOursStaysAndOursOnlyPassesOn() {
        open();
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));

        OwnOutput.runOver();
        System.out.println("after");

        assertThat(out).hasToString("after\n");
        assertThat(file()).isEmptyFile();
    }

    @Test
    void withoutAFolderNothingIsChanged() {
        assertThat(OwnOutput.open("", "MainProcess")).isSameAs(OutputFiles.NONE);
        assertThat(System.out).isSameAs(ownOut);
    }
}

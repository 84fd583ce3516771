package procession.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.core.Spec;

/** Questions, as lines. */
class QuestionTest {

    private static Question read(String line) throws AskException {
        return Question.read(line.strip().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionIsReadAsItWasWritten(Question.What what) throws Exception {
        var question = Question.of(what).about("dëmo \"x\"\n").ofKind("joinable queue").withoutLimit();

        var line = new String(question.line(), StandardCharsets.UTF_8);

        assertThat(line).endsWith("\n").hasLineCount(1);
        assertThat(read(line)).isEqualTo(question);
    }

    @Test
    void whatIsLeftOutIsAsUsual() throws Exception {
        assertThat(read("{\"procession\":1,\"ask\":\"locks\"}")).isEqualTo(Question.of(Question.What.LOCKS));
    }

    @Test
    void fieldsOfLaterVersionsAreSkipped() throws Exception {
        assertThat(read("{\"procession\":1,\"later\":[{\"a\":1}],\"ask\":\"ps\"}").what()).isEqualTo(Question.What.PS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ps", "[]", "{", "{\"procession\":1}", "{\"ask\":\"ps\"}", "{\"procession\":1,\"ask\":\"everything\"}",
        "{\"procession\":1,\"ask\":\"ps\"} {}", "{\"procession\":\"1\",\"ask\":\"ps\"}"})
    void whatIsNoQuestionIsRefused(String line) {
        assertThatThrownBy(() -> read(line)).isInstanceOfSatisfying(AskException.class,
                wrong -> assertThat(wrong.code()).isEqualTo(AskException.BAD_QUESTION));
    }

    @Test
    void anotherVersionIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> read("{\"procession\":2,\"ask\":\"ps\"}")).isInstanceOfSatisfying(AskException.class, wrong -> {
            assertThat(wrong.code()).isEqualTo(AskException.OTHER_VERSION);
            assertThat(wrong).hasMessage("It answers version 1 of the questions, and was asked in version 2.");
        });
    }

    @ParameterizedTest
    @CsvSource({"-5, 1", "0, 1", "7, 7", "99999999999, 1000000"})
    void noMoreIsToldThanOneMayAskFor(long asked, int told) throws Exception {
        assertThat(read("{\"procession\":1,\"ask\":\"locks\",\"most\":" + asked + "}").most()).isEqualTo(told);
    }

    @Test
    void aKindIsUnderstoodAsPeopleTypeIt() {
        var joinable = new Spec.Queue(0, Spec.QueueKind.JOINABLE);

        assertThat(Kinds.means("Joinable-Queues", joinable)).isTrue();
        assertThat(Kinds.means("queue", joinable)).isTrue();
        assertThat(Kinds.means("simple queue", joinable)).isFalse();
        assertThat(Kinds.isOne("locks")).isTrue();
        assertThat(Kinds.isOne("door")).isFalse();
    }

    @Test
    void allKindsAreKnown() {
        var specs = java.util.List.of(new Spec.Lock(false), new Spec.Lock(true), new Spec.ReadWriteLock(), new Spec.Semaphore(1, false),
                new Spec.Semaphore(1, true), new Spec.Event(), new Spec.Barrier(1, 0), new Spec.Latch(1),
                new Spec.Queue(0, Spec.QueueKind.PLAIN), new Spec.Queue(0, Spec.QueueKind.SIMPLE),
                new Spec.Queue(0, Spec.QueueKind.JOINABLE),
                new Spec.Pipe(true, 0), new Spec.Counter(0), new Spec.Cell(), new Spec.SharedMap());

        assertThat(specs).extracting(Spec::kind).containsExactlyElementsOf(Kinds.ALL);
        assertThat(specs).extracting(Object::getClass).containsAll(java.util.List.of(Spec.class.getPermittedSubclasses()));
    }
}

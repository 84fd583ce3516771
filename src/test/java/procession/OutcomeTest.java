package procession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void theValueIsWhatTheBodyReturned() {
        Outcome outcome = new Outcome.Returned(() -> 42);

        assertThat(outcome.value()).isEqualTo(42);
    }

    @Test
    void anotherEndHasNoValue() {
        assertThatIllegalStateException().isThrownBy(() -> new Outcome.Killed(9).value()).withMessageContaining("killed by signal 9");
    }
}

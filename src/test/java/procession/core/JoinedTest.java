package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoinedTest {

    @Test
    void whateverTheListsAreItIsTheirConcatenation() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var parts = new ArrayList<List<Integer>>();
            var whole = new ArrayList<Integer>();
            for (int part = random.nextInt(5); part > 0; part--) {
                var list = random.ints(random.nextInt(4), 0, 20).boxed().toList();
                parts.add(list);
                whole.addAll(list);
            }
            int some = random.nextInt(20);

            var joined = new Joined<>(parts);

            assertThat(joined).isEqualTo(whole).hasSameSizeAs(whole);
            assertThat(joined.indexOf(some)).isEqualTo(whole.indexOf(some));
            for (int i = 0; i < whole.size(); i++) {
                assertThat(joined.get(i)).isEqualTo(whole.get(i));
            }
        }
    }
}

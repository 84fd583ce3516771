package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static Ticket ticket(long id) {
        return new Ticket(new Owner(1 + id % 7), 1, id);
    }

    private static Waiting<Integer> line(int length) {
        var line = Waiting.<Integer>nobody();
        for (int id = 0; id < length; id++) {
            line = line.with(ticket(id), id);
        }
        return line;
    }

    @Test
    void whateverComesAndGoesTheOrderIsThatOfAList() {
        var random = new Random(4);
        var line = Waiting.<Integer>nobody();
        var list = new ArrayList<Ticket>();
        for (int id = 0; id < 2000; id++) {
            if (list.isEmpty() || random.nextInt(100) < 52) {
                line = line.with(ticket(id), id);
                list.add(ticket(id));
            } else {
                line = line.without(list.remove(random.nextInt(3) == 0 ? random.nextInt(list.size()) : 0));
            }
            assertThat(line.tickets()).hasSameSizeAs(list);
            assertThat(line.isEmpty()).isEqualTo(list.isEmpty());
            if (!list.isEmpty()) {
                int some = random.nextInt(list.size());
                assertThat(line.first().ticket()).isEqualTo(list.getFirst());
                assertThat(line.tickets().indexOf(list.get(some))).isEqualTo(some);
                assertThat(line.wants(list.get(some))).isEqualTo((int) list.get(some).id());
            }
        }
        assertThat(line.tickets()).containsExactlyElementsOf(list);
        assertThat(line.tickets().indexOf(ticket(9999))).isEqualTo(-1);
    }

    @Test
    void whoWasThereWhenTheListWasMadeStaysInIt() {
        var line = line(3);
        var before = line.tickets();

        line.without(ticket(1));

        assertThat(before).containsExactly(ticket(0), ticket(1), ticket(2));
    }

    @Test
    void ofALongLineASituationNamesAFewAndLooksAtNoMore() {
        var asked = new AtomicInteger();
        var situation = new Situation(owner -> "p" + asked.incrementAndGet(), ticket -> 0);
        var holds = IntStream.range(0, 1000).mapToObj(i -> new View.Hold(new Owner(i), 1, i + 1, 1, 0)).toList();
        var looked = new AtomicInteger();
        var view = new View(new InOrder<>(holds, hold -> {
            looked.incrementAndGet();
            return hold;
        }), line(10_000).tickets(), List.of(), java.util.Map.of("value", 0L));

        var words = situation.of(new Spec.Semaphore(1, false), new Command.AcquirePermits(1, true), view, ticket(9000), 0);

        assertThat(words).contains("p5 for 0.0 s (fence 5) and 995 more").endsWith("p10 for 0.0 s and 8995 more.");
        assertThat(asked.get() + looked.get()).isLessThan(20);
    }
}

package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.core.Command.AcquireLock;
import procession.core.Command.AcquirePermits;
import procession.core.Command.AcquireRead;
import procession.core.Command.AwaitEvent;
import procession.core.Look.How;

/** What is seen of a whole run at one moment. */
class KeeperLookTest extends KeeperStage {

    private Look.Process process(String name) {
        return keeper.look(now).processes().stream().filter(process -> process.name().equals(name)).findFirst().orElseThrow();
    }

    private Look.Primitive primitive(PrimitiveId id) {
        return keeper.look(now).primitives(thing -> thing.id().equals(id), 1).getFirst();
    }

    @Test
    void ofAProcessIsSeenWhatItWaitsForAndWhatItHoldsAndSinceWhen() {
        var lock = main.opens("till", LOCK);
        var pool = main.opens("pool", new Spec.Semaphore(2, false));
        var seller = main.spawns("seller");
        seller.asksBy(3, lock, new AcquireLock());
        var buyer = main.spawns("buyer");
        buyer.asksBy(4, pool, new AcquirePermits(1, true));
        long since = now;
        buyer.asksBy(4, lock, new AcquireLock());
        now += SECOND;

        var seen = process("buyer");

        assertThat(seen.waits()).containsExactly(new Look.Wait(new Look.Thing(lock, Optional.of("till"), LOCK), "to acquire it", 4, since));
        assertThat(seen.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.thing().label()).isEqualTo("semaphore 'pool'");
            assertThat(hold.how()).isEqualTo(How.OWED);
            assertThat(hold.hold().units()).isEqualTo(1);
        });
        assertThat(seen.parent()).isEqualTo(main.owner.number());
        assertThat(process("seller").holds()).extracting(Look.Hold::how).containsExactly(How.HELD);
    }

    @Test
    void aChildThatHasNotComeIsSeenToStart() {
        main.announces("late");

        assertThat(process("late").starting()).isTrue();
        assertThat(process("late").parent()).isEqualTo(main.owner.number());
        assertThat(process("MainProcess").starting()).isFalse();
    }

    @Test
    void oneThatIsGoneIsNotSeenAnyMore() {
        var child = main.spawns("child");

        keeper.gone(child.owner, "killed", now);

        assertThat(keeper.look(now).processes()).extracting(Look.Process::name).containsExactly("MainProcess");
    }

    @Test
    void readersAndWritersAreToldApart() {
        var ledger = main.makes(new Spec.ReadWriteLock());
        main.asks(ledger, new AcquireRead());

        assertThat(process("MainProcess").holds()).extracting(Look.Hold::how).containsExactly(How.READ);
    }

    @Test
    void ofAPrimitiveTheOldestWaitIsSeen() {
        var event = main.makes(new Spec.Event());
        long since = now;
        main.asks(event, new AwaitEvent());
        now += SECOND;
        main.asks(event, new AwaitEvent());

        assertThat(primitive(event).oldestWait()).contains(since);
        assertThat(primitive(event).snapshot().count("waiters")).isEqualTo(2);
    }

    @Test
    void ofMoreThanAreWantedThoseComeFirstThatSomebodyWaitsForThenThoseThatSomebodyHas() {
        var all = IntStream.range(0, 100).mapToObj(i -> main.makes(LOCK)).toList();
        main.asks(all.get(70), new AcquireLock());
        main.asks(all.get(90), new AcquireLock());
        main.asksBy(2, all.get(90), new AcquireLock());

        var seen = keeper.look(now).primitives(thing -> true, 3);

        assertThat(seen).extracting(primitive -> primitive.thing().id()).containsExactly(all.get(0), all.get(70), all.get(90));
        assertThat(keeper.look(now).size()).isEqualTo(100);
    }

    @Test
    void whatIsSeenStaysAsItWas() {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());

        var seen = keeper.look(now);
        main.drops(lock, 0);
        main.spawns("child");

        assertThat(seen.processes()).singleElement().satisfies(process -> assertThat(process.holds()).hasSize(1));
        assertThat(seen.things(thing -> true)).hasSize(1);
    }

    @Test
    void lookingChangesNothingAndNobodyHearsOfIt() {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());
        int before = happenings.size();

        keeper.look(now + SECOND).processes();

        assertThat(happenings).hasSize(before);
        assertThat(keeper.tick(now)).isEmpty();
    }
}

package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.wire.Things.Box;

/** Big values, and several threads. */
class LoadTest {

    private static final int MB = 1024 * 1024;

    private final PayloadCodec codec = Codecs.forThings();

    @Test
    void sixteenMegabytesTravel() {
        byte[] bytes = new byte[16 * MB];
        new Random(1).nextBytes(bytes);

        assertThat((byte[]) ((Box<?>) codec.decode(codec.encode(new Box<>(bytes)))).content()).isEqualTo(bytes);
    }

    @Test
    void aMillionElementsTravel() {
        List<Object> numbers = new ArrayList<>(IntStream.range(0, 1_000_000).boxed().toList());
        List<Object> records = new ArrayList<>(IntStream.range(0, 300_000).mapToObj(i -> new Box<>("record " + i)).toList());

        assertThat(codec.decode(codec.encode(numbers))).isEqualTo(numbers);
        assertThat(codec.decode(codec.encode(records))).isEqualTo(records);
    }

    @Test
    void eightThreadsShareACodec() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                Object mine = new Things.Tree("tree-" + thread, List.of(), Map.of(thread, new Box<>(Codecs.lock(thread))));
                all.add(threads.submit(() -> IntStream.range(0, 3_000).allMatch(i -> codec.decode(codec.encode(mine)).equals(mine))));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void aConcurrentMapIsEncodedWholeWhileItChanges() throws Exception {
        Map<Object, Object> map = new ConcurrentHashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> writer = thread.submit(() -> {
                for (int i = 0; !stop.get(); i++) {
                    map.put(i % 500, i);
                    map.remove((i + 250) % 500);
                }
            });
            for (int i = 0; i < 500; i++) {
                assertThat(codec.decode(codec.encode(map))).isInstanceOf(ConcurrentHashMap.class);
            }
            stop.set(true);
            writer.get();
        }
    }
}

package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static procession.wire.Codecs.lock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import procession.DecodingException;
import procession.EncodingException;
import procession.Primitive;
import procession.core.Carried;
import procession.core.Payload;
import procession.wire.Things.Box;
import procession.wire.Things.FakeLock;

/** Handles cross apart from the bytes, one entry for each occurrence. */
class HandlesTest {

    private final PayloadCodec codec = Codecs.forThings();

    /** A field of exactly a handle's class, as a user's class cannot have, but a session's might. */
    public record Held(FakeLock lock, Primitive same) {}

    @Test
    void aHandleAloneIsCarried() {
        Payload payload = codec.encode(lock(1));

        assertThat(payload.carried()).containsExactly(lock(1).carried());
        assertThat(codec.decode(payload)).isEqualTo(lock(1));
    }

    @Test
    void handlesAreFoundEverywhereInTheOrderOfTheBytes() {
        Map<Object, Object> map = new HashMap<>();
        map.put(lock(4), new Object[] {lock(5)});
        List<Object> value = List.of(lock(1), new Box<>(lock(2)), new Primitive[] {lock(3)}, map, Optional.of(lock(6)), Set.of(lock(7)), Map.entry("k", lock(8)));

        Payload payload = codec.encode(value);
        List<?> back = (List<?>) codec.decode(payload);

        assertThat(payload.carried()).extracting(each -> each.resource().primitive().number()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(back.get(0)).isEqualTo(lock(1));
        assertThat(back.get(1)).isEqualTo(new Box<>(lock(2)));
        assertThat((Primitive[]) back.get(2)).containsExactly(lock(3));
        assertThat((Object[]) ((Map<?, ?>) back.get(3)).get(lock(4))).containsExactly(lock(5));
        assertThat(back.subList(4, 7)).isEqualTo(value.subList(4, 7));
    }

    @Test
    void moreHandlesThanCrossInOneFrameAreRefused() {
        var many = java.util.stream.LongStream.range(0, 20_000).mapToObj(Codecs::lock).toList();

        assertThatThrownBy(() -> codec.encode(many)).isInstanceOf(EncodingException.class).hasMessageContaining("send them in several");
    }

    @Test
    void eachOccurrenceIsACopyOfItsOwn() {
        FakeLock lock = lock(1);

        Payload payload = codec.encode(new ArrayList<>(Arrays.asList(lock, new Box<>(lock), lock)));
        List<?> back = (List<?>) codec.decode(payload);

        assertThat(payload.carried()).hasSize(3);
        assertThat(back.get(2)).isEqualTo(lock).isNotSameAs(back.get(0));
    }

    @Test
    void fieldsOfAHandlesOwnClassHoldHandles() {
        PayloadCodec here = Codecs.allowing(HandlesTest.class.getName());

        assertThat(here.decode(here.encode(new Held(lock(1), null)))).isEqualTo(new Held(lock(1), null));
        assertThat(here.decode(here.encode(new Held(null, lock(2))))).isEqualTo(new Held(null, lock(2)));
    }

    @Test
    void aHandleThatIsNotInThePayloadIsRefused() {
        Payload two = codec.encode(List.of(lock(1), lock(2)));

        assertThatThrownBy(() -> codec.decode(new Payload(two.codec(), two.bytes(), two.carried().subList(0, 1))))
                .isInstanceOf(DecodingException.class).hasMessage("item[1] cannot be rebuilt here: its bytes refer to a handle that is not in it.");
    }

    @Test
    void aHandleThatNothingRefersToIsRefused() {
        Payload none = codec.encode(List.of(1));

        assertThatThrownBy(() -> codec.decode(new Payload(none.codec(), none.bytes(), List.of(lock(1).carried()))))
                .isInstanceOf(DecodingException.class).hasMessageContaining("there is more in its bytes than the value");
    }

    @Test
    void whatThePortThrowsReachesTheSenderUnchanged() {
        IllegalStateException otherRun = new IllegalStateException("the lock belongs to another run");
        PayloadCodec refusing = new PayloadCodec(AllowedTypes.of(), getClass().getClassLoader(), 1000, new PayloadCodec.HandlePort() {
            @Override
            public Optional<Carried> carried(Object value) {
                throw otherRun;
            }

            @Override
            public Object handle(Carried carried) {
                throw otherRun;
            }
        });

        assertThatThrownBy(() -> refusing.encode(List.of(lock(1)))).isSameAs(otherRun);
        assertThatThrownBy(() -> refusing.decode(codec.encode(lock(1)))).isInstanceOf(DecodingException.class).hasCause(otherRun);
    }
}

package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names an allow-list covers. */
class AllowedTypesTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.*, com.acme.Foo, true", "com.acme.*, com.acme.deep.er.Foo$Bar, true", "com.acme.*, com.acmes.Foo, false",
        "com.acme.*, com.acme, false", "com.acme.Foo, com.acme.Foo, true", "com.acme.Foo, com.acme.Foo$Bar$1Baz, true",
        "com.acme.Foo, com.acme.Food, false", "com.acme.Foo, com.acme.Foo.Bar, false", "com.acme.Foo$Bar, com.acme.Foo, false",
        "Tickets, Tickets, true", "Tickets, Tickets$Sold, true", "Tickets, com.acme.Tickets, false", ".*, Tickets$Sold, true",
        ".*, com.acme.Foo, false", "com.*, com.sun.Foo, false", "$Odd, $Odd, true", "com.acme.Foo, '', false"
    })
    void anEntryCovers(String entry, String name, boolean covered) {
        assertThat(AllowedTypes.of(entry).allows(name)).isEqualTo(covered);
    }

    @Test
    void oneOfSeveralEntriesIsEnough() {
        AllowedTypes allowed = AllowedTypes.of("com.acme.*", "Tickets", "org.example.A");

        assertThat(allowed.allows("org.example.A$B")).isTrue();
        assertThat(allowed.allows("org.example.B")).isFalse();
        assertThat(AllowedTypes.of().allows("Tickets")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "com.acme.", "com..acme", "com.*.acme", "com.acme*", "[Lcom.acme.Foo;", " com.acme"})
    void aMalformedEntryIsNamed(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedTypes.of(entry))
                .withMessage("'" + entry + "' is neither a package, as in com.acme.*, nor a class, as in com.acme.Basket.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.*", "java.util.*", "java.lang.Runtime", "jdk.internal.*", "sun.misc.*", "com.sun.jndi.*"})
    void theJdkCannotBeAllowed(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedTypes.of(entry)).withMessageContaining("'" + entry + "' cannot be allowed");
    }
}

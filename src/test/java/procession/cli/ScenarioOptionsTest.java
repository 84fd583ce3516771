package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.Options;
import procession.Scenario;
import procession.UsageException;

class ScenarioOptionsTest {

    @Scenario(name = "shop", about = "Sells 100% of what there is.")
    private static final class Shop {}

    private static Options options() {
        return Options.of(Shop.class)
                .count("clients", 20, "how many buy")
                .flag("no-lock", "without the lock")
                .text("kill", null, "whom to kill")
                .text("town", "Xi'an", "where")
                .file("file", "what to read")
                .pace(0.1);
    }

    private static Options.Values parse(String... arguments) {
        return options().parse(arguments);
    }

    @Test
    void withoutArgumentsEverythingIsAtItsDefault() {
        var values = parse();

        assertThat(values.count("clients")).isEqualTo(20);
        assertThat(values.flag("no-lock")).isFalse();
        assertThat(values.text("kill")).isNull();
        assertThat(values.text("town")).isEqualTo("Xi'an");
        assertThat(values.file("file")).isNull();
        assertThat(values.pace().factor()).isEqualTo(0.1);
        assertThat(values.given("clients")).isFalse();
    }

    @Test
    void whatIsGivenWins(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("text"), "x").toString();

        var values = parse("--clients", "3", "--no-lock", "--kill=client-2", "--file", file, "--pace", "2", "--seed", "-7");

        assertThat(values.count("clients")).isEqualTo(3);
        assertThat(values.flag("no-lock")).isTrue();
        assertThat(values.text("kill")).isEqualTo("client-2");
        assertThat(values.file("file")).hasToString(file);
        assertThat(values.pace().factor()).isEqualTo(2);
        assertThat(values.pace().seed()).isEqualTo(-7);
        assertThat(values.given("clients")).isTrue();
    }

    @Test
    void withoutASeedEachRunHasItsOwn() {
        assertThat(parse().pace().seed()).isNotEqualTo(parse().pace().seed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--clients twenty     | --clients takes a whole number, 0 or more, not 'twenty'.",
        "--clients -1         | --clients takes a whole number, 0 or more, not '-1'.",
        "--clients 2.5        | --clients takes a whole number, 0 or more, not '2.5'.",
        "--clients 9999999999 | --clients takes a whole number, 0 or more, not '9999999999'.",
        "--clients            | --clients needs a value: a whole number, 0 or more.",
        "--clients --no-lock  | --clients needs a value: a whole number, 0 or more.",
        "--clients 1 --clients 2 | --clients is given twice.",
        "--pace 0             | --pace takes a number more than 0 and at most 1000000, not '0'.",
        "--pace NaN           | --pace takes a number more than 0 and at most 1000000, not 'NaN'.",
        "--pace fast          | --pace takes a number more than 0 and at most 1000000, not 'fast'.",
        "--seed x             | --seed takes a whole number, not 'x'.",
        "--clinets 3          | There is no option --clinets. Did you mean --clients? See `shop --help`.",
        "--nolock             | There is no option --nolock. Did you mean --no-lock? See `shop --help`.",
        "--frobnicate         | There is no option --frobnicate. See `shop --help`.",
        "-x                   | There is no option -x. See `shop --help`.",
        "more                 | 'more' is one argument too many. See `shop --help`.",
        "-D procession.name   | -D takes KEY=VALUE, not 'procession.name'.",
        "--file /no/such      | There is no file /no/such, which --file names.",
        "--file /             | /, which --file names, is a folder and not a file.",
        "--config /no/such    | There is no file /no/such, which --config names.",
        "--color blue         | --color takes auto, always or never, not 'blue'.",
    })
    void badInputIsOneSentence(String arguments, String sentence) {
        assertThatThrownBy(() -> parse(arguments.split(" "))).isInstanceOf(UsageException.class).hasMessage(sentence);
    }

    @Test
    void theHelpNamesEverythingWithItsDefault() {
        assertThat(((ScenarioOptions) options()).help())
                .startsWith("Usage: shop ")
                .contains("Sells 100% of what there is.")
                .containsPattern("--clients=N +how many buy \\(default: 20\\)")
                .containsPattern("--town=TEXT +where \\(default: Xi'an\\)")
                .containsPattern("--pace=F .*\\(default: 0\\.1\\)")
                .containsPattern("--seed=N .*\\(default: random\\)")
                .contains("--name=NAME", "--config=FILE", "-D=KEY=VALUE", "--help", "--version");
    }

    @Test
    void mistakesInDeclaringAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> options().count("left", -1, "")).withMessageContaining("negative");
        assertThatIllegalArgumentException().isThrownBy(() -> options().flag("clients", ""))
                .withMessageContaining("--clients already");
        assertThatIllegalArgumentException().isThrownBy(() -> options().flag("name", "")).withMessageContaining("--name already");
        assertThatIllegalArgumentException().isThrownBy(() -> options().pace(0)).withMessageContaining("more than 0");
        assertThatIllegalArgumentException().isThrownBy(() -> parse().count("no-lock")).withMessageContaining("--no-lock");
        assertThatIllegalArgumentException().isThrownBy(() -> parse().text("unheard-of")).withMessageContaining("--unheard-of");
    }
}

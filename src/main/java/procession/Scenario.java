package procession;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a class with a {@code main} for people: {@code bin/procession run --list} and {@code --help} show it.
 *
 * <p>In Python: none; a module's docstring is near.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Scenario {

    /**
     * Its name, such as {@code ticket-sales}.
     *
     * @return the name
     */
    String name();

    /**
     * What it shows, in one sentence.
     *
     * @return the sentence
     */
    String about();
}

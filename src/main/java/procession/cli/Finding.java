package procession.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What was found out about one of the things that a run needs.
 *
 * @param what the thing
 * @param level how bad it is
 * @param found what was found
 * @param why why it matters; empty where all is well
 * @param cure what to do; empty where all is well
 */
record Finding(String what, Level level, String found, String why, String cure) {

    /** How bad something is. */
    enum Level {
        /** It is as it should be. */
        OK("ok"),
        /** A run may be slow, or need more than there is. */
        WARN("warn"),
        /** No run can work. */
        FAIL("FAIL");

        private final String word;

        Level(String word) {
            this.word = word;
        }
    }

    static Finding ok(String what, String found) {
        return new Finding(what, Level.OK, found, "", "");
    }

    static Finding warn(String what, String found, String why, String cure) {
        return new Finding(what, Level.WARN, found, why, cure);
    }

    static Finding fail(String what, String found, String why, String cure) {
        return new Finding(what, Level.FAIL, found, why, cure);
    }

    /** As a person reads it: a line, and under one that is not well why, and what to do. */
    String text() {
        var line = String.format("%-5s %-14s %s%n", level.word, what, found);
        return level == Level.OK ? line : line + String.format("%21s%s%n%21s→ %s%n", "", why, "", cure);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("check", what);
        json.writeStringField("level", level.name().toLowerCase(java.util.Locale.ROOT));
        json.writeStringField("found", found);
        if (level != Level.OK) {
            json.writeStringField("why", why);
            json.writeStringField("do", cure);
        }
        json.writeEndObject();
    }
}

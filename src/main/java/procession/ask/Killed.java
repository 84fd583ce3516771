package procession.ask;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What became of a process that was killed, for {@code --json}.
 *
 * @param run name of its run
 * @param process its name
 * @param pid its pid
 * @param signal which signal it got
 * @param ended whether it has been seen to end
 * @param held what it had, and what became of that
 */
public record Killed(String run, String process, long pid, String signal, boolean ended, List<Passed> held) {

    /**
     * Something that it had.
     *
     * @param had as the answer before said it
     * @param now in words, how it is now
     */
    public record Passed(Fields had, String now) {}

    /**
     * All of it.
     *
     * @return one JSON object
     */
    public String json() {
        return new String(Json.line(out -> {
            out.writeNumberField("procession", Question.VERSION);
            out.writeStringField("answer", "kill");
            Json.text(out, "run", run);
            Json.text(out, "process", process);
            out.writeNumberField("pid", pid);
            out.writeStringField("signal", signal);
            out.writeBooleanField("ended", ended);
            out.writeArrayFieldStart("held");
            for (var passed : held) {
                out.writeStartObject();
                for (var field : List.of("id", "kind", "name", "how")) {
                    Json.text(out, field, passed.had().text(field));
                }
                Json.number(out, "units", passed.had().number("units"));
                Json.text(out, "now", passed.now());
                out.writeEndObject();
            }
            out.writeEndArray();
        }), StandardCharsets.UTF_8).strip();
    }
}

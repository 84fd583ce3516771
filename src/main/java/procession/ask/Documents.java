package procession.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import procession.core.Deadlock;
import procession.core.Look;
import procession.core.Look.How;
import procession.core.Look.Thing;
import procession.core.Snapshot;

/** Answers as JSON, each one object: what {@code --json} prints, and {@code docs/asking.md} describes. */
final class Documents {

    /** In lists, so many holders and so many waiters of a primitive are named; all are counted. */
    private static final int NAMED = 4;
    /** So many primitives that may be meant are told in full. */
    private static final int MEANT = 50;

    private final RunFacts run;
    private final Look look;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Documents(RunFacts run, Look look) {
        this.run = run;
        this.look = look;
    }

    /** Why there is no answer. */
    static byte[] error(AskException why) {
        return Json.line(out -> {
            out.writeNumberField("procession", Question.VERSION);
            out.writeStringField("error", why.code());
            out.writeStringField("message", why.getMessage());
        });
    }

    static byte[] trace(RunFacts run, int lines) {
        return Json.line(out -> {
            begin(out, Question.What.TRACE, run, Instant.now().truncatedTo(ChronoUnit.MILLIS));
            out.writeNumberField("lines", lines);
        });
    }

    byte[] answer(Question question) {
        return Json.line(out -> {
            begin(out, question.what(), run, now);
            switch (question.what()) {
                case PS -> processes(out);
                case LOCKS -> primitives(out, thing -> question.kind().isEmpty() || Kinds.means(question.kind(), thing.spec()),
                        question.most(), NAMED);
                case INSPECT -> primitives(out, meant(question.name()), MEANT, Snapshot.MOST);
                case TRACE -> throw new IllegalArgumentException("a trace is no look");
            }
            deadlocks(out);
        });
    }

    /** A name goes before a number, and that before a kind. */
    private Predicate<Thing> meant(String typed) {
        Predicate<Thing> named = thing -> thing.name().filter(typed::equals).isPresent();
        Predicate<Thing> numbered = thing -> thing.id().toString().equals(typed);
        Predicate<Thing> ofKind = thing -> Kinds.means(typed, thing.spec());
        return List.of(named, numbered, ofKind).stream().filter(which -> !look.things(which).isEmpty()).findFirst().orElse(named);
    }

    private static void begin(JsonGenerator out, Question.What what, RunFacts run, Instant now) throws IOException {
        out.writeNumberField("procession", Question.VERSION);
        out.writeStringField("answer", what.word());
        out.writeObjectFieldStart("run");
        Json.text(out, "name", run.name());
        out.writeNumberField("pid", run.pid());
        Json.text(out, "version", run.version());
        out.writeStringField("start", run.start().truncatedTo(ChronoUnit.MILLIS).toString());
        out.writeEndObject();
        out.writeStringField("at", now.toString());
    }

    // Processes.

    private void processes(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("processes");
        for (var process : look.processes()) {
            process(out, process);
        }
        out.writeEndArray();
    }

    private void process(JsonGenerator out, Look.Process process) throws IOException {
        var usage = process.starting() ? null : Usage.of(process.pid());
        out.writeStartObject();
        out.writeNumberField("owner", process.owner());
        Json.text(out, "name", process.name());
        Json.number(out, "pid", process.pid());
        Json.text(out, "token", process.startToken());
        Json.number(out, "parent", process.parent());
        out.writeStringField("state", usage == null ? "starting" : usage.ended() ? "ended" : usage.stopped() ? "stopped" : "running");
        out.writeBooleanField("main", process.pid() == run.pid());
        out.writeBooleanField("joined", process.joined());
        if (usage != null) {
            usage(out, usage);
        }
        out.writeNumberField("waiting", process.allWaits());
        out.writeNumberField("holding", process.allHolds());
        out.writeArrayFieldStart("waits");
        for (var wait : process.waits()) {
            out.writeStartObject();
            thing(out, wait.thing());
            out.writeStringField("wants", wait.wants());
            Json.number(out, "thread", wait.strand());
            since(out, wait.since());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("holds");
        for (var hold : process.holds()) {
            out.writeStartObject();
            thing(out, hold.thing());
            held(out, hold.how(), hold.hold().units(), hold.hold().fence(), hold.hold().strand(), hold.hold().since());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void usage(JsonGenerator out, Usage usage) throws IOException {
        if (usage.start().isPresent()) {
            Json.seconds(out, "age", Duration.between(usage.start().get(), now).toNanos());
        }
        if (usage.cpu().isPresent()) {
            Json.seconds(out, "cpu", usage.cpu().get().toNanos());
        }
        Json.number(out, "rss", usage.rss().orElse(0));
    }

    // Primitives.

    private void primitives(JsonGenerator out, Predicate<Thing> which, int most, int named) throws IOException {
        out.writeNumberField("total", look.size());
        out.writeNumberField("matching", look.things(which).size());
        out.writeArrayFieldStart("primitives");
        for (var primitive : look.primitives(which, most)) {
            primitive(out, primitive, named);
        }
        out.writeEndArray();
    }

    private void primitive(JsonGenerator out, Look.Primitive primitive, int named) throws IOException {
        var seen = primitive.snapshot();
        out.writeStartObject();
        thing(out, primitive.thing());
        out.writeStringField("spec", primitive.thing().spec().toString());
        out.writeNumberField("holding", seen.count("holders"));
        out.writeNumberField("waiting", seen.count("waiters"));
        if (primitive.oldestWait().isPresent()) {
            Json.seconds(out, "longest", look.at() - primitive.oldestWait().get());
        }
        out.writeObjectFieldStart("counts");
        for (var count : new TreeMap<>(seen.counts()).entrySet()) {
            if (!count.getKey().equals("holders") && !count.getKey().equals("waiters")) {
                out.writeNumberField(count.getKey(), count.getValue());
            }
        }
        out.writeEndObject();
        out.writeArrayFieldStart("holders");
        for (var holder : seen.holders().subList(0, Math.min(named, seen.holders().size()))) {
            out.writeStartObject();
            Json.text(out, "process", holder.process());
            out.writeNumberField("pid", holder.pid());
            held(out, How.of(primitive.thing().spec(), holder.units(), seen.count("writers")), holder.units(), holder.fence(),
                    holder.strand(), holder.since());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("waiters");
        for (var waiter : seen.waiters().subList(0, Math.min(named, seen.waiters().size()))) {
            out.writeStartObject();
            Json.text(out, "process", waiter.process());
            out.writeNumberField("pid", waiter.pid());
            out.writeStringField("wants", waiter.wants());
            Json.number(out, "thread", waiter.strand());
            since(out, waiter.since());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void thing(JsonGenerator out, Thing thing) throws IOException {
        out.writeStringField("id", thing.id().toString());
        out.writeStringField("kind", thing.spec().kind());
        Json.text(out, "name", thing.name().orElse(""));
    }

    private void held(JsonGenerator out, How how, int units, long fence, long strand, long since) throws IOException {
        out.writeStringField("how", how.name().toLowerCase(java.util.Locale.ROOT));
        Json.number(out, "units", units);
        Json.number(out, "fence", fence);
        Json.number(out, "thread", strand);
        since(out, since);
    }

    private void since(JsonGenerator out, long nanos) throws IOException {
        Json.seconds(out, "seconds", look.at() - nanos);
    }

    // Deadlocks.

    private void deadlocks(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("deadlocks");
        for (var deadlock : look.deadlocks()) {
            out.writeStartObject();
            since(out, deadlock.found());
            Json.text(out, "words", deadlock.words());
            out.writeArrayFieldStart("chain");
            for (var wait : deadlock.chain()) {
                wait(out, wait);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void wait(JsonGenerator out, Deadlock.Wait wait) throws IOException {
        out.writeStartObject();
        Json.text(out, "process", wait.process());
        out.writeNumberField("pid", wait.pid());
        Json.number(out, "thread", wait.strand());
        out.writeStringField("waits", wait.lock().toString());
        since(out, wait.since());
        out.writeEndObject();
    }
}

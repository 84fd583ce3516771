package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pipe, as plainly as possible. */
final class PipeModel extends Model {
    private final Spec.Pipe spec;
    /** By the end they lead to; there is no end 0. */
    private final LineModel[] to;
    private final List<List<Ticket>> pollers = List.of(List.of(), new ArrayList<>(), new ArrayList<>());
    private final boolean[] gone = new boolean[3];

    PipeModel(Spec.Pipe spec) {
        this.spec = spec;
        this.to = new LineModel[] {null, new LineModel(this, 0, spec.buffer()), new LineModel(this, 0, spec.buffer())};
    }

    @Override
    void on(Ticket ticket, Command command) {
        boolean oneWay = !spec.duplex();
        switch (command) {
            case Command.Send send when oneWay && send.end() == 1 -> refuse(ticket, send, Refusals.WRONG_WAY);
            case Command.Receive receive when oneWay && receive.end() == 2 -> answer(ticket, Refusals.WRONG_WAY);
            case Command.Poll poll when oneWay && poll.end() == 2 -> answer(ticket, Refusals.WRONG_WAY);
            case Command.Send send when gone[send.end()] -> refuse(ticket, send, Refusals.NOT_FOUND);
            case Command.SendAll send when oneWay && send.end() == 1 -> refuse(ticket, send, Refusals.WRONG_WAY);
            case Command.ReceiveSome receive when oneWay && receive.end() == 2 -> answer(ticket, Refusals.WRONG_WAY);
            case Command.SendAll send when gone[send.end()] -> refuse(ticket, send, Refusals.NOT_FOUND);
            case Command.Send send -> to[3 - send.end()].puts(ticket, send.payload());
            case Command.SendAll send -> to[3 - send.end()].putsAll(ticket, send.payloads());
            case Command.Receive receive -> to[receive.end()].gets(ticket);
            case Command.ReceiveSome receive -> to[receive.end()].getsSome(ticket, receive.most());
            case Command.Consumed consumed -> {
                to[1].consumed(ticket.owner(), consumed.request(), consumed.count(), true);
                to[2].consumed(ticket.owner(), consumed.request(), consumed.count(), true);
                answer(ticket, "done");
            }
            case Command.Poll poll -> pollers.get(poll.end()).add(ticket);
            case Command.GiveBack back -> {
                to[1].giveBack(ticket.owner(), back.request());
                to[2].giveBack(ticket.owner(), back.request());
                answer(ticket, "done");
            }
            default -> throw new AssertionError(command);
        }
        next();
    }

    private void refuse(Ticket ticket, Command command, String code) {
        command.payloads().forEach(this::discard);
        answer(ticket, code);
    }

    private void next() {
        for (int end = 1; end <= 2; end++) {
            var line = to[end];
            if (gone[end]) {
                line.refusePutters(Refusals.BROKEN_PIPE, false);
                line.present().forEach(line::finish);
                line.refuseGetters(Refusals.NOT_FOUND);
                pollers.get(end).forEach(poller -> answer(poller, Refusals.NOT_FOUND));
                pollers.get(end).clear();
                continue;
            }
            line.pump(Long.MAX_VALUE);
            boolean over = gone[3 - end] && line.entries.isEmpty() && line.putters.isEmpty();
            if (over) {
                line.refuseGetters("end of stream");
            }
            if (over || !line.present().isEmpty()) {
                pollers.get(end).forEach(poller -> answer(poller, "ready"));
                pollers.get(end).clear();
            }
        }
    }

    @Override
    void expired(Ticket ticket) {
        if (pollers.get(1).remove(ticket) || pollers.get(2).remove(ticket) || to[1].leave(ticket) || to[2].leave(ticket)) {
            answer(ticket, "timed out");
        }
        next();
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        for (int end = 1; end <= 2; end++) {
            to[end].stopsWaiting(owner);
            to[end].outWith(owner).forEach(entry -> entry.with = null);
            pollers.get(end).removeIf(ticket -> ticket.owner().equals(owner));
        }
        next();
    }

    @Override
    void confirmed(Ticket ticket) {
        for (int end = 1; end <= 2; end++) {
            var entry = to[end].outWith(ticket);
            if (entry != null) {
                to[end].adopt(entry);
                to[end].finish(entry);
            }
        }
        next();
    }

    @Override
    void endGone(int end) {
        gone[end] = true;
        next();
    }

    @Override
    Map<String, Long> counts() {
        long waiting = 0;
        for (int end = 1; end <= 2; end++) {
            waiting += to[end].waiting() + pollers.get(end).size();
        }
        return new TreeMap<>(Map.of("to-first", (long) to[1].present().size(), "to-second", (long) to[2].present().size(),
                "bytes", to[1].bytes() + to[2].bytes(), "waiting", waiting));
    }
}

package procession.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes as of a run of many processes, without one: two locks, a semaphore, a queue, an event, a counter; one process is killed. */
final class SampleChanges {

    private final List<String> lines = new ArrayList<>();
    private final Random random = new Random(7);
    private final int processes;
    private long bars;
    private long fence;
    private int holds;
    private int waits;

    private SampleChanges(int processes) {
        this.processes = processes;
    }

    /** Changes of a run of so many processes, as JSON. */
    static SampleChanges of(int processes, int rounds) {
        var sample = new SampleChanges(processes);
        sample.begin();
        for (int round = 0; round < rounds; round++) {
            sample.round(400_000L + round * 250_000L);
        }
        sample.end(400_000L + rounds * 250_000L);
        return sample;
    }

    List<String> lines() {
        return lines;
    }

    int holds() {
        return holds;
    }

    int waits() {
        return waits;
    }

    private void add(String format, Object... values) {
        lines.add(String.format(format.replace('\'', '"'), values).replace('`', '\''));
    }

    private void begin() {
        add("{'c':'header','run':'crowd','version':'0','start':'2026-11-28T09:00:00Z','pid':1000,'unit':'us'}");
        for (int id = 1; id <= processes; id++) {
            add("{'c':'lane','id':%d,'name':'%s','pid':%d,'parent':%d,'at':%d,'joined':false}", id,
                    id == 1 ? "MainProcess" : "worker-" + (id - 1), 1000 + id, id == 1 ? 0 : 1, id * 300_000L / processes);
        }
        thing("0.1", "lock `ledger`", "LOCK", 0);
        thing("0.2", "lock `printer`", "LOCK", 0);
        thing("0.3", "semaphore `pool`", "SEMAPHORE", 3);
        thing("0.4", "queue `jobs`", "QUEUE", 20);
        thing("0.5", "event `go`", "EVENT", 0);
        thing("0.6", "counter `done`", "COUNTER", 0);
    }

    private void thing(String id, String label, String kind, int size) {
        add("{'c':'thing','id':'%s','label':'%s','kind':'%s','variant':'','size':%d,'at':300000}", id, label, kind, size);
    }

    private long bar(int lane, String thing, String what, long at, long waited) {
        if (what.equals("HOLD")) {
            holds++;
        } else {
            waits++;
        }
        add("{'c':'bar','id':%d,'lane':%d,'thing':'%s','what':'%s','at':%d,'wants':'to acquire it','fence':%d,'units':1,'mode':'',"
                + "'strand':1,'waited':%d,'after':''}", ++bars, lane, thing, what, at, what.equals("HOLD") ? ++fence : 0, waited);
        return bars;
    }

    private void end(long bar, long at, String how) {
        add("{'c':'end','id':%d,'at':%d,'how':'%s','grants':0}", bar, at, how);
    }

    private void level(String thing, String name, long at, long value) {
        add("{'c':'level','thing':'%s','name':'%s','at':%d,'value':%d}", thing, name, at, value);
    }

    /** In each round some workers take turns at a lock. */
    private void round(long from) {
        var lock = random.nextBoolean() ? "0.1" : "0.2";
        level("0.4", "size", from, random.nextInt(12));
        level("0.5", "set", from, random.nextInt(2));
        level("0.6", "value", from, from / 250_000);
        int first = 2 + random.nextInt(processes - 1);
        int count = Math.min(4, processes - 1);
        var waiting = new ArrayList<Long>();
        for (int at = 1; at < count; at++) {
            waiting.add(bar(worker(first + at), lock, "WAIT", from + at, 0));
        }
        long now = from;
        for (int at = 0; at < count; at++) {
            long hold = bar(worker(first + at), lock, "HOLD", now, at == 0 ? 0 : now - from - at);
            long until = now + 20_000 + random.nextInt(40_000);
            end(hold, until, "released");
            if (at + 1 < count) {
                end(waiting.get(at), until, "granted");
                add("{'c':'arrow','thing':'%s','what':'HANDOVER','from':{'lane':%d,'at':%d},'to':{'lane':%d,'at':%d}}", lock,
                        worker(first + at), until, worker(first + at + 1), until);
            }
            now = until;
        }
        level("0.3", "permits", from, 2);
        long permit = bar(worker(first + count), "0.3", "HOLD", from + 1000, 0);
        end(permit, from + 200_000, "released");
        level("0.3", "permits", from + 200_000, 3);
    }

    private int worker(int number) {
        return 2 + (number - 2) % (processes - 1);
    }

    private void end(long at) {
        add("{'c':'gone','id':%d,'at':%d,'how':'killed by signal 9','bad':true}", processes, at);
        add("{'c':'mark','what':'ABANDONED','at':%d,'lane':2,'thing':'0.1','text':'worker-%d died holding lock `ledger`'}", at, processes - 1);
        add("{'c':'summary','at':%d,'rows':[{'thing':'0.1','label':'lock `ledger`','kind':'LOCK','grants':%d,'contended':%d,"
                + "'meanWait':30211,'longestWait':91300,'meanHold':40100,'longestHold':60000,'waiting':0,'timedOut':0,'abandoned':1,"
                + "'in':0,'out':0,'deepest':0}]}", at, holds, waits);
        add("{'c':'closed','at':%d,'orderly':true}", at + 100_000);
    }
}

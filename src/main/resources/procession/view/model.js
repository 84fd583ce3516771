// What the page knows of the run: made of changes only, one after the other, so that the live page and a saved report agree.

const MOST_BARS = 150_000;
const KINDS = { LOCK: "lock", SEMAPHORE: "semaphore", EVENT: "event", QUEUE: "queue", PIPE: "pipe", BARRIER: "barrier", LATCH: "latch",
  READ_WRITE_LOCK: "read-write lock", COUNTER: "counter", CELL: "cell", MAP: "map" };

/** Bars in as few rows as they need to lie side by side. Within a row they are in their order, and do not overlap. */
class Tracks {
  constructor(most) {
    this.most = most;
    this.rows = [];
  }

  place(bar) {
    let track = this.rows.findIndex(row => row.length === 0 || row.at(-1).end <= bar.at);
    if (track < 0) {
      track = Math.min(this.rows.length, this.most - 1);
    }
    (this.rows[track] ??= []).push(bar);
    return track;
  }

  keep(isKept) {
    this.rows = this.rows.map(row => row.filter(isKept));
  }

  /** Bars of a row that touch a stretch of time, in their order. */
  static* within(row, from, to) {
    for (let at = firstAtLeast(row, from, bar => bar.end); at < row.length && row[at].at <= to; at++) {
      yield row[at];
    }
  }
}

/** Index of the first element whose key is at least so much; keys rise. */
function firstAtLeast(sorted, least, key) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(sorted[middle]) < least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A number that changes in steps. */
class Steps {
  constructor(name) {
    this.name = name;
    this.at = [];
    this.value = [];
    this.most = 0;
    this.least = 0;
  }

  get last() {
    return this.value.at(-1) ?? 0;
  }

  set(at, value) {
    if (this.at.at(-1) === at) {
      this.value[this.value.length - 1] = value;
    } else {
      this.at.push(at);
      this.value.push(value);
    }
    this.most = Math.max(this.most, value);
    this.least = Math.min(this.least, value);
  }

  forget(before) {
    const from = Math.max(0, firstAtLeast(this.at, before, at => at) - 1);
    this.at.splice(0, from);
    this.value.splice(0, from);
  }
}

class Model {
  constructor() {
    this.clear();
  }

  clear() {
    this.header = { run: "", version: "", start: "", pid: 0 };
    this.lanes = new Map();
    this.things = new Map();
    this.bars = new Map();
    this.arrows = [];
    this.marks = [];
    this.summary = [];
    this.lines = [];
    this.counts = { changes: 0, holds: 0, waits: 0, loans: 0, arrows: 0 };
    this.forgotten = 0;
    this.began = Infinity;
    this.now = 0;
    this.closed = null;
    this.colours = 0;
  }

  /** Takes changes as text, one a line. */
  take(text) {
    for (const line of text.split("\n")) {
      if (line.length > 0) {
        this.on(JSON.parse(line), line);
      }
    }
    if (this.bars.size > MOST_BARS) {
      this.forget();
    }
  }

  on(change, line) {
    const how = this["on_" + change.c];
    if (how === undefined) {
      return;
    }
    if (change.c === "header") {
      this.clear();
    }
    this.counts.changes++;
    if (change.at !== undefined) {
      this.now = Math.max(this.now, change.at);
      if (change.c !== "summary") {
        this.began = Math.min(this.began, change.at);
      }
    }
    how.call(this, change);
    if (change.c !== "summary") {
      this.lines.push(line);
    }
  }

  on_header(change) {
    this.header = change;
  }

  on_lane(change) {
    this.lanes.set(change.id, { ...change, end: Infinity, how: "", bad: false, tracks: new Tracks(6), loans: new Tracks(3), open: new Set(),
      marks: [], waited: 0, held: 0, bars: 0 });
  }

  on_gone(change) {
    const lane = this.lanes.get(change.id);
    if (lane) {
      lane.end = change.at;
      lane.how = change.how;
      lane.bad = change.bad;
    }
  }

  on_thing(change) {
    this.things.set(change.id, { ...change, name: shortName(change.label), colour: this.colours++ % 8, end: Infinity, open: new Set(),
      tracks: new Tracks(Math.min(16, change.kind === "SEMAPHORE" ? Math.max(1, change.size) : change.kind === "READ_WRITE_LOCK" ? 8 : 2)),
      loans: new Tracks(1), waiting: new Steps("waiting"), levels: new Map(), marks: [], all: [] });
  }

  on_over(change) {
    const thing = this.things.get(change.id);
    if (thing) {
      thing.end = change.at;
    }
  }

  on_bar(change) {
    const bar = { ...change, end: Infinity, how: "" };
    const lane = this.lanes.get(bar.lane);
    const thing = this.things.get(bar.thing);
    if (this.bars.has(bar.id) || lane === undefined || thing === undefined) {
      return;
    }
    this.bars.set(bar.id, bar);
    lane.open.add(bar);
    thing.open.add(bar);
    thing.all.push(bar);
    lane.bars++;
    if (bar.what === "LOAN") {
      this.counts.loans++;
      lane.loans.place(bar);
      thing.loans.place(bar);
      return;
    }
    bar.track = lane.tracks.place(bar);
    if (bar.what === "HOLD") {
      this.counts.holds++;
      for (let unit = 0; unit < Math.min(16, Math.max(1, thing.kind === "SEMAPHORE" ? bar.units : 1)); unit++) {
        thing.tracks.place(bar);
      }
    } else {
      this.counts.waits++;
      thing.waiting.set(bar.at, thing.waiting.last + 1);
    }
  }

  on_units(change) {
    const bar = this.bars.get(change.id);
    if (bar) {
      bar.units = change.units;
    }
  }

  on_end(change) {
    const bar = this.bars.get(change.id);
    if (bar === undefined || bar.end !== Infinity) {
      return;
    }
    const lane = this.lanes.get(bar.lane);
    const thing = this.things.get(bar.thing);
    bar.end = change.at;
    bar.how = change.how;
    bar.grants = change.grants;
    lane.open.delete(bar);
    thing.open.delete(bar);
    if (bar.what === "WAIT") {
      thing.waiting.set(bar.end, thing.waiting.last - 1);
      lane.waited += bar.end - bar.at;
    } else if (bar.what === "HOLD") {
      lane.held += bar.end - bar.at;
    }
  }

  on_level(change) {
    const thing = this.things.get(change.thing);
    if (thing) {
      if (!thing.levels.has(change.name)) {
        thing.levels.set(change.name, new Steps(change.name));
      }
      thing.levels.get(change.name).set(change.at, change.value);
    }
  }

  on_arrow(change) {
    this.counts.arrows++;
    this.now = Math.max(this.now, change.to.at);
    this.arrows.push(change);
  }

  on_mark(change) {
    this.marks.push(change);
    this.lanes.get(change.lane)?.marks.push(change);
    this.things.get(change.thing)?.marks.push(change);
  }

  on_summary(change) {
    this.summary = change.rows;
  }

  on_closed(change) {
    this.closed = change;
  }

  /** Lets the older third of what has ended go. */
  forget() {
    const bars = [...this.bars.values()];
    const before = bars[Math.floor(bars.length / 3)].at;
    const isKept = bar => bar.end >= before;
    for (const bar of bars) {
      if (!isKept(bar)) {
        this.bars.delete(bar.id);
        this.forgotten++;
      }
    }
    for (const lane of this.lanes.values()) {
      lane.tracks.keep(isKept);
      lane.loans.keep(isKept);
    }
    for (const thing of this.things.values()) {
      thing.tracks.keep(isKept);
      thing.loans.keep(isKept);
      thing.all = thing.all.filter(isKept);
      thing.waiting.forget(before);
      thing.levels.forEach(level => level.forget(before));
    }
    this.arrows = this.arrows.filter(arrow => arrow.to.at >= before);
    this.lines = this.lines.filter(line => this.isKept(JSON.parse(line), before));
  }

  isKept(change, before) {
    switch (change.c) {
      case "bar":
      case "units":
      case "end": return this.bars.has(change.id);
      case "level": return change.at >= before;
      case "arrow": return change.to.at >= before;
      default: return true;
    }
  }

  /** The same changes again, for a file. */
  text() {
    const last = this.summary.length === 0 ? [] : [JSON.stringify({ c: "summary", at: this.now, rows: this.summary })];
    const gap = this.forgotten === 0 ? [] : [JSON.stringify({ c: "mark", what: "GAP", at: this.began, lane: 0, thing: "",
      text: this.forgotten + " older bars were forgotten by the page" })];
    return [...this.lines, ...gap, ...last].join("\n");
  }

  /** Bars of a thing that lie over a bar, of one sort, of other processes. */
  beside(bar, what) {
    return this.things.get(bar.thing).all
      .filter(other => other !== bar && other.what === what && other.at < bar.end && other.end > bar.at && other.lane !== bar.lane);
  }
}

/** What is between the quotes of a label, if it has a name. */
function shortName(label) {
  return /'(.+)'/.exec(label)?.[1] ?? label;
}

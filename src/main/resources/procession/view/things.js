// The plots of the primitives: who holds a lock or a slot, how deep a queue is, whether an event is set, what a counter says.

const SLOTS = new Set(["LOCK", "SEMAPHORE", "READ_WRITE_LOCK"]);

class Things extends Pane {
  parts(thing) {
    const swatch = element("span", "swatch");
    swatch.style.background = `var(--p${thing.colour})`;
    const text = element("span", "text");
    const top = element("span", "top");
    top.append(element("span", "who", thing.label));
    text.append(top, element("span", "now"));
    return [swatch, text];
  }

  now(thing, row) {
    const state = this.stateOf(thing);
    setText(row.querySelector(".now"), state);
    row.classList.toggle("chosen", this.app.chosen === thing);
    row.classList.toggle("over", thing.end !== Infinity);
    const title = `${thing.label}${thing.variant ? " (" + thing.variant + ")" : ""}: ${state}`;
    if (row.title !== title) {
      row.title = title;
    }
  }

  stateOf(thing) {
    const { model } = this.app;
    const parts = [];
    const holders = [...thing.open].filter(bar => bar.what === "HOLD");
    const lent = [...thing.open].find(bar => bar.what === "LOAN");
    const name = bar => model.lanes.get(bar.lane).name;
    const level = wanted => thing.levels.get(wanted)?.last;
    if (thing.kind === "LOCK" || thing.kind === "READ_WRITE_LOCK") {
      parts.push(holders.length > 0 ? "held by " + listed(holders.map(name)) : lent ? "lent to " + name(lent) : "free");
    } else if (thing.kind === "SEMAPHORE") {
      parts.push(`${level("permits") ?? thing.size - holders.length} of ${thing.size} free`);
    } else if (thing.kind === "EVENT") {
      parts.push(level("set") ? "set" : "not set");
    } else {
      for (const steps of thing.levels.values()) {
        parts.push(`${steps.name} ${steps.last.toLocaleString("en")}`);
      }
    }
    if (thing.waiting.last > 0) {
      parts.push(counted(thing.waiting.last, "waiting", "waiting"));
    }
    return thing.end === Infinity ? parts.join(" · ") : "gone";
  }

  one(to, thing) {
    const { time } = this.app;
    const top = thing.top + 4;
    const high = thing.high - 9;
    if (thing.kind === "EVENT") {
      this.event(to, thing, top, Math.min(high, 22));
    } else if (SLOTS.has(thing.kind)) {
      const low = thing.waiting.most > 0 ? Math.min(14, Math.floor(high / 3)) : 0;
      this.waiting(to, thing, thing.top + thing.high - 3, low);
      this.slots(to, thing, top, high - low - (low > 0 ? 1 : 0), time);
    } else {
      this.levels(to, thing, top, high);
    }
    for (const mark of thing.marks) {
      this.mark(to, thing, mark);
    }
  }

  slots(to, thing, top, high, time) {
    for (const row of thing.loans.rows) {
      for (const bar of seen(row, time)) {
        this.bar(to, bar, top, high, () => "");
      }
    }
    const count = slotsOf(thing);
    const each = high / count;
    const gap = each > 4 ? 1 : 0;
    thing.tracks.rows.forEach((row, slot) => {
      for (const bar of seen(row, time)) {
        this.bar(to, bar, top + slot * each, Math.max(1.5, each - gap), () => this.app.model.lanes.get(bar.lane).name);
      }
    });
  }

  /** How many wait, from below. */
  waiting(to, thing, bottom, high) {
    const { paint } = this.app;
    if (thing.waiting.most > 0) {
      this.area(to, thing.waiting, bottom, high, Math.max(3, thing.waiting.most), paint.soft, 0.42, false);
    }
  }

  event(to, thing, top, high) {
    const { paint, time, model } = this.app;
    const steps = thing.levels.get("set");
    if (steps === undefined) {
      return;
    }
    for (const [from, end, value] of pieces(steps, time, model.now)) {
      if (value > 0) {
        to.fillStyle = paint.palette[thing.colour];
        box(to, from, top, Math.max(1.5, end - from), high, 2);
        to.fill();
        to.fillStyle = paint.inks[thing.colour];
        to.font = `11px ${paint.font}`;
        to.textBaseline = "middle";
        write(to, "set", Math.max(0, from) + 5, top + high / 2 + 0.5, end - Math.max(0, from) - 9);
      }
    }
    this.waiting(to, thing, thing.top + thing.high - 2, 10);
  }

  levels(to, thing, top, high) {
    const { paint } = this.app;
    const all = [...thing.levels.values()].filter(steps => steps.most !== 0 || steps.least !== 0);
    const each = high / Math.max(1, all.length);
    all.forEach((steps, at) => {
      const most = thing.kind === "QUEUE" && steps.name === "size" ? Math.max(steps.most, Math.min(thing.size || 0, steps.most * 4)) : steps.most;
      const bottom = top + (at + 1) * each;
      this.area(to, steps, bottom, each - 3, most, paint.palette[thing.colour], 0.22, true);
      to.font = `10px ${paint.font}`;
      to.textBaseline = "top";
      const text = steps.most.toLocaleString("en") + (all.length > 1 ? "  " + steps.name : "");
      to.fillStyle = paint.sheet;
      to.globalAlpha = 0.75;
      to.fillRect(2, bottom - each, to.measureText(text).width + 6, 12);
      to.globalAlpha = 1;
      to.fillStyle = paint.soft;
      to.fillText(text, 5, bottom - each + 1);
    });
    this.waiting(to, thing, thing.top + thing.high - 2, 8);
  }

  area(to, steps, bottom, high, most, colour, alpha, hasLine) {
    const { time, model } = this.app;
    const least = steps.least;
    const y = value => bottom - (value - least) / Math.max(1, most - least) * high;
    to.fillStyle = colour;
    to.globalAlpha = alpha;
    const line = new Path2D();
    let begun = false;
    for (const [from, end, value] of pieces(steps, time, model.now)) {
      to.fillRect(from, y(value), end - from, bottom - y(value));
      begun ? line.lineTo(from, y(value)) : line.moveTo(from, y(value));
      line.lineTo(end, y(value));
      begun = true;
    }
    to.globalAlpha = 1;
    if (hasLine) {
      to.strokeStyle = colour;
      to.lineWidth = 1.5;
      to.stroke(line);
    }
  }

  mark(to, thing, mark) {
    const { time, paint } = this.app;
    const x = time.x(mark.at);
    to.fillStyle = mark.what === "SHUT_DOWN" ? paint.soft : paint.alarm;
    to.fillRect(x - 1, thing.top + 2, 2, thing.high - 5);
    to.beginPath();
    to.moveTo(x - 5, thing.top + 2);
    to.lineTo(x + 5, thing.top + 2);
    to.lineTo(x, thing.top + 9);
    to.fill();
  }

  over(to, visible, scroll, height) {
    this.app.crosshair(to, scroll, height);
  }
}

function slotsOf(thing) {
  return Math.max(1, thing.kind === "SEMAPHORE" ? Math.min(16, Math.max(thing.size, thing.tracks.rows.length)) : thing.tracks.rows.length);
}

function highOf(thing) {
  if (SLOTS.has(thing.kind)) {
    const slots = slotsOf(thing);
    return slots === 1 ? 34 : Math.min(112, Math.max(38, slots * 12 + 14));
  }
  return thing.kind === "EVENT" ? 30 : thing.levels.size > 1 ? 48 : thing.kind === "CELL" || thing.kind === "MAP" ? 30 : 40;
}

/** Stretches of one value that can be seen, in pixels. Those narrower than a pixel that follow each other count as their highest, together. */
function* pieces(steps, time, now) {
  let at = Math.max(0, firstAtLeast(steps.at, time.from, when => when) - 1);
  const begins = step => time.x(step < steps.at.length ? steps.at[step] : now);
  while (at < steps.at.length && steps.at[at] <= time.to) {
    const from = Math.max(-4, begins(at));
    let value = steps.value[at];
    let end = begins(++at);
    while (end - from < 1 && at < steps.at.length && begins(at + 1) - end < 1) {
      value = Math.max(value, steps.value[at]);
      end = begins(++at);
    }
    yield [from, Math.min(end, time.width + 4), value];
  }
}

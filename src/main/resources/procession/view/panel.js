// What is said of the chosen bar, process or primitive.

class Panel {
  constructor(place, app) {
    this.place = place;
    this.app = app;
  }

  show(chosen) {
    this.place.hidden = chosen === null;
    if (chosen === null) {
      return;
    }
    const scrolled = this.place.scrollTop;
    this.place.replaceChildren();
    if (chosen.what !== undefined) {
      this.bar(chosen);
    } else if (chosen.kind !== undefined) {
      this.thing(chosen);
    } else {
      this.lane(chosen);
    }
    this.place.scrollTop = scrolled;
  }

  heading(text, colour) {
    const heading = element("h2");
    if (colour !== undefined) {
      const swatch = element("span", "swatch");
      swatch.style.background = `var(--p${colour})`;
      heading.append(swatch);
    }
    const close = element("button", "close", "×");
    close.title = "Let go (Esc)";
    close.setAttribute("aria-label", "Let go of what is selected");
    close.addEventListener("click", () => this.app.choose(null));
    heading.append(element("span", "", text), close);
    this.place.append(heading);
  }

  facts(pairs) {
    const list = element("dl");
    for (const [name, value] of pairs) {
      if (value !== "" && value !== undefined && value !== null) {
        list.append(element("dt", "", name), element("dd", "", String(value)));
      }
    }
    this.place.append(list);
  }

  warn(text) {
    this.place.append(element("p", "warn", text));
  }

  /** Others to go to. */
  others(title, pairs, none) {
    this.place.append(element("h3", "", title));
    if (pairs.length === 0) {
      this.place.append(element("p", "none", none));
      return;
    }
    const list = element("ul");
    for (const { name, more, to } of pairs.slice(0, 40)) {
      const button = element("button");
      button.append(element("b", "", name), element("span", "", more));
      button.addEventListener("click", () => this.app.choose(to, true));
      const item = element("li");
      item.append(button);
      list.append(item);
    }
    this.place.append(list);
    if (pairs.length > 40) {
      this.place.append(element("p", "none", `and ${pairs.length - 40} more`));
    }
  }

  bar(bar) {
    const { model } = this.app;
    const lane = model.lanes.get(bar.lane);
    const thing = model.things.get(bar.thing);
    const isOpen = bar.end === Infinity;
    const long = duration(Math.min(bar.end, model.now) - bar.at) + (isOpen ? " so far" : "");
    const sort = { HOLD: "Held", WAIT: "Waited for", LOAN: "Lent" }[bar.what];
    this.heading(`${isOpen && bar.what === "WAIT" ? "Waits for" : isOpen && bar.what === "HOLD" ? "Holds" : sort} ${thing.label}`, thing.colour);
    if (bar.after) {
      this.warn(`First to have it after the end of ${bar.after}, who held it.`);
    }
    this.facts([
      ["Process", lane.name],
      ["Pid", lane.pid > 0 ? lane.pid : ""],
      ["Primitive", `${thing.label} (${KINDS[thing.kind] ?? "unknown kind"}${thing.variant ? ", " + thing.variant : ""})`],
      ["Wanted", bar.what === "WAIT" ? bar.wants : ""],
      ["Fence", bar.fence > 0 ? bar.fence : ""],
      ["Permits", thing.kind === "SEMAPHORE" && bar.units > 0 ? bar.units : ""],
      ["Depth", thing.kind === "LOCK" && bar.units > 1 ? bar.units : ""],
      ["Mode", bar.mode],
      ["From", moment(bar.at)],
      ["To", isOpen ? "" : moment(bar.end)],
      [{ HOLD: "Held", WAIT: "Waited", LOAN: "Lent" }[bar.what], long],
      ["Waited before", bar.what === "HOLD" ? (bar.waited > 0 ? duration(bar.waited) : "not at all") : ""],
      ["Holds in it", bar.what === "LOAN" && bar.grants > 0 ? bar.grants : ""],
      ["Ended", bar.how],
      ["Thread", bar.strand > 0 ? bar.strand : ""],
    ]);
    if (bar.what === "WAIT") {
      this.others("Held meanwhile by", this.listed(bar, "HOLD"), "nobody that is known");
    } else {
      this.others("Waited meanwhile", this.listed(bar, "WAIT"), "nobody");
    }
    this.others("Before and after", this.neighbours(bar, lane), "nothing else in this lane");
  }

  listed(bar, what) {
    const { model } = this.app;
    return model.beside(bar, what).map(other => ({ name: model.lanes.get(other.lane).name,
      more: duration(Math.min(other.end, bar.end, model.now) - Math.max(other.at, bar.at)), to: other }));
  }

  neighbours(bar, lane) {
    const { model } = this.app;
    return [-1, 1].map(way => ({ way, to: this.app.next(bar, way) })).filter(({ to }) => to)
      .map(({ way, to }) => ({ name: way < 0 ? "← before" : "→ after", to,
        more: { HOLD: "held ", WAIT: "waited for ", LOAN: "lent " }[to.what] + model.things.get(to.thing).name }));
  }

  lane(lane) {
    const { model } = this.app;
    const parent = model.lanes.get(lane.parent);
    this.heading(lane.name);
    if (lane.bad) {
      this.warn(`It was ${lane.how}.`.replace("was exited", "exited").replace("was failed", "failed"));
    }
    this.facts([
      ["Pid", lane.pid > 0 ? lane.pid : ""],
      ["Started by", parent ? parent.name : lane.joined ? "nobody: it joined" : ""],
      ["Since", moment(lane.at)],
      ["Until", lane.end === Infinity ? "" : moment(lane.end)],
      ["Ended", lane.how],
      ["Now", lane.end === Infinity ? this.app.lanes.stateOf(lane).text : ""],
      ["Held, in all", duration(lane.held)],
      ["Waited, in all", duration(lane.waited)],
    ]);
    const totals = new Map();
    for (const bar of lane.tracks.rows.flat().filter(bar => bar.what === "HOLD")) {
      totals.set(bar.thing, (totals.get(bar.thing) ?? 0) + 1);
    }
    this.others("Held", [...totals].map(([id, count]) => ({ name: model.things.get(id).label, more: counted(count, "time", "times"),
      to: model.things.get(id) })), "nothing");
  }

  thing(thing) {
    const { model } = this.app;
    this.heading(thing.label, thing.colour);
    for (const mark of thing.marks.filter(mark => mark.what !== "SHUT_DOWN").slice(-3)) {
      this.warn(`${moment(mark.at)}: ${mark.text}`);
    }
    const row = model.summary.find(row => row.thing === thing.id) ?? {};
    this.facts([
      ["Kind", (KINDS[thing.kind] ?? "unknown") + (thing.variant ? ", " + thing.variant : "")],
      ["Size", thing.size > 0 ? thing.size : ""],
      ["Now", this.app.things.stateOf(thing)],
      ["Grants", row.grants || ""],
      ["Contended", row.contended || ""],
      ["Mean wait", row.meanWait > 0 ? duration(row.meanWait) : ""],
      ["Longest wait", row.longestWait > 0 ? duration(row.longestWait) : ""],
      ["Mean hold", row.meanHold > 0 ? duration(row.meanHold) : ""],
      ["Longest hold", row.longestHold > 0 ? duration(row.longestHold) : ""],
      ["In", row.in || ""],
      ["Out", row.out || ""],
      ["Deepest", row.deepest || ""],
      ["Time-outs", row.timedOut || ""],
    ]);
    const name = bar => ({ name: model.lanes.get(bar.lane).name, more: duration(model.now - bar.at), to: bar });
    const open = [...thing.open];
    this.others("Held by", open.filter(bar => bar.what === "HOLD").map(name), "nobody");
    this.others("Waiting", open.filter(bar => bar.what === "WAIT").map(name), "nobody");
  }
}

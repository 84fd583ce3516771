// What the user does: buttons, keys, wheel, dragging and pinching; and what is told above.

const KEYS = [
  ["Space", "pause, and go on"], ["F", "stay at the newest"], ["+  −", "zoom"], ["0", "show everything"],
  ["←  →", "the bar before or after; without a selection, move"], ["↑  ↓", "the lane above or below"], ["/", "filter by name"],
  ["Esc", "let go of what is selected"], ["T", "light or dark"], ["S", "save as a file"],
  ["Wheel", "zoom; scrolls where there are more lanes than fit: zoom with Ctrl then"], ["Drag", "move in time"],
];

const LOOKS = [
  ["Solid bar", "a process holds a lock or permits; the colour is that of the primitive"],
  ["Thin, hatched", "a process waits"],
  ["Pale, hatched", "a lock is lent to a process, which may hold it without being seen to"],
  ["Grey line", "a process lives"], ["Red cross", "a process was killed, or failed"], ["Red diamond", "a lock was taken over from the dead"],
  ["Dashed red line", "a deadlock"], ["Arrows", "who handed over to whom; of the selected bar, or all if there are few in sight"],
];

class Controls {
  constructor(app) {
    this.app = app;
    const on = (id, does) => byId(id).addEventListener("click", () => does());
    on("pause", () => this.pause());
    on("follow", () => this.follow(!app.follows));
    on("in", () => this.zoom(0.5));
    on("out", () => this.zoom(2));
    on("fit", () => this.all());
    on("theme", () => this.theme());
    on("save", () => this.save());
    on("help", () => this.help());
    byId("filter").addEventListener("input", event => {
      app.wanted = event.target.value.trim().toLowerCase();
      app.isStale = true;
      app.told = 0;
    });
    document.addEventListener("keydown", event => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    new ResizeObserver(() => app.isStale = true).observe(app.frame);
    for (const pane of [app.lanes, app.things]) {
      pane.scroller.addEventListener("scroll", () => app.isStale = true, { passive: true });
      new Gestures(app, pane);
    }
    byId("axis").addEventListener("wheel", event => {
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY * 0.002), event.offsetX);
    }, { passive: false });
  }

  pause() {
    const { app } = this;
    if (app.held === null) {
      app.held = [];
    } else {
      const { held } = app;
      app.held = null;
      held.forEach(text => app.take(text));
    }
    app.told = 0;
  }

  follow(isOn) {
    const { app } = this;
    app.follows = isOn;
    if (isOn) {
      app.toNewest();
    }
    app.told = 0;
    app.isStale = true;
  }

  all() {
    const { app } = this;
    app.isFree = false;
    if (app.connection === "live") {
      app.leave();
    }
    app.fit();
    app.told = 0;
  }

  /** About the middle, or at the newest about that. */
  zoom(factor, x = this.app.follows ? this.app.time.x(this.app.newest()) : this.app.time.width / 2) {
    const { app } = this;
    app.isFree = true;
    app.time.zoom(factor, x);
    app.isStale = true;
  }

  theme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    this.repaint();
  }

  repaint() {
    this.app.paint.refresh();
    this.app.isStale = true;
  }

  /** The same page with what it has, as a file. */
  save() {
    const data = '<script type="application/json" id="changes">\n' + this.app.model.text().replaceAll("<", "\\u003c") + "\n<\/script>\n";
    const at = this.app.shell.indexOf("<script>");
    const file = new Blob([this.app.shell.slice(0, at), data, this.app.shell.slice(at)], { type: "text/html" });
    const link = element("a");
    link.href = URL.createObjectURL(file);
    link.download = (this.app.model.header.run || "procession").replace(/[^\w.-]+/g, "-") + ".html";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  help() {
    const dialog = byId("keys");
    if (dialog.open) {
      dialog.close();
      return;
    }
    const list = (pairs, tag) => {
      const made = element("dl");
      for (const [key, does] of pairs) {
        const name = element("dt");
        name.append(element(tag, "", key));
        made.append(name, element("dd", "", does));
      }
      return made;
    };
    dialog.replaceChildren(element("h2", "", "What you see"), list(LOOKS, "b"), element("h2", "", "Keys and mouse"), list(KEYS, "kbd"));
    dialog.addEventListener("click", event => event.target === dialog && dialog.close());
    dialog.showModal();
  }

  key(event) {
    if (event.target.tagName === "INPUT") {
      if (event.key === "Escape") {
        event.target.value = "";
        event.target.dispatchEvent(new Event("input"));
        event.target.blur();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if ((event.key === " " || event.key === "Enter") && event.target.tagName === "BUTTON") {
      return;
    }
    const does = {
      " ": () => this.pause(), f: () => this.follow(!this.app.follows), "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      0: () => this.all(), t: () => this.theme(), s: () => this.save(), "?": () => this.help(), "/": () => byId("filter").focus(),
      Escape: () => this.app.choose(null), ArrowLeft: () => this.step(-1, event.shiftKey), ArrowRight: () => this.step(1, event.shiftKey),
      ArrowUp: () => this.climb(-1), ArrowDown: () => this.climb(1),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  }

  step(way, isMove) {
    const { app } = this;
    if (app.chosen?.what === undefined || isMove) {
      app.leave();
      app.time.pan(way * app.time.width / 6);
      app.isStale = true;
      return;
    }
    const next = app.next(app.chosen, way);
    if (next) {
      app.choose(next, true);
    }
  }

  /** To the lane above or below: the bar that is nearest in time, or the lane where it has none. */
  climb(way) {
    const { app } = this;
    const lanes = app.lanes.shown;
    const { chosen } = app;
    const own = chosen === null || chosen.kind !== undefined ? -1 : lanes.indexOf(app.model.lanes.get(chosen.what ? chosen.lane : chosen.id));
    const lane = lanes[own < 0 ? (way > 0 ? 0 : lanes.length - 1) : own + way];
    if (lane === undefined) {
      return;
    }
    const middle = chosen?.what ? (chosen.at + Math.min(chosen.end, app.model.now)) / 2 : (app.time.from + app.time.to) / 2;
    const far = bar => Math.max(bar.at - middle, middle - Math.min(bar.end, app.model.now), 0);
    const bars = lane.tracks.rows.flat();
    app.choose(bars.length === 0 ? lane : bars.reduce((best, bar) => far(bar) < far(best) ? bar : best), true);
  }

  tell() {
    const { app } = this;
    const { model } = app;
    const closed = model.closed;
    const status = app.held !== null ? ["paused", "paused"]
      : closed ? ["over", closed.orderly ? "ended" : "cut short"]
      : app.isReport ? ["over", "cut off"]
      : app.connection === "live" ? ["live", "live"]
      : app.connection === "lost" ? ["lost", model.lanes.size > 0 ? "connection lost" : "no connection"] : ["", "connecting"];
    const place = byId("status");
    setText(place, status[1]);
    place.className = "status " + status[0];
    place.title = app.connection === "lost" ? "The run has ended or was killed. What was seen of it is kept here, and can be saved." : "";
    setText(byId("run"), model.header.run || "Procession");
    const title = (model.header.run ? model.header.run + " · " : "") + (app.isReport ? "report" : status[1]) + " · Procession";
    if (document.title !== title) {
      document.title = title;
    }
    const start = model.header.start ? new Date(model.header.start) : null;
    setText(byId("clock"), model.lanes.size === 0 ? "" : duration(app.newest()) + (app.isReport && start ? ", " + start.toLocaleString() : ""));
    this.figures();
    setPressed("pause", app.held !== null);
    setText(byId("pause"), app.held === null ? "Pause" : "Go on");
    setPressed("follow", app.follows && closed === null && !app.isReport);
    byId("pause").hidden = byId("follow").hidden = app.isReport || closed !== null && app.held === null;
    byId("save").hidden = app.isReport;
    const { lanes = 0, things = 0 } = app.counts ?? {};
    setText(byId("lane-count"), lanes === model.lanes.size ? String(lanes) : `${lanes} of ${model.lanes.size}`);
    setText(byId("thing-count"), things === model.things.size ? String(things) : `${things} of ${model.things.size}`);
    this.empty(lanes);
  }

  figures() {
    const { model } = this.app;
    const living = [...model.lanes.values()].filter(lane => lane.end === Infinity).length;
    const figures = model.lanes.size === 0 ? "" : [model.closed ? counted(model.lanes.size, "process", "processes")
      : living + " of " + counted(model.lanes.size, "process", "processes") + " live", counted(model.counts.holds, "hold", "holds"),
      counted(model.counts.waits, "wait", "waits")].join("  ·  ");
    setText(byId("figures"), figures);
  }

  empty(lanes) {
    const { app } = this;
    const place = byId("empty");
    const [first, second] = app.model.lanes.size > 0 ? (lanes > 0 ? ["", ""] : ["Nothing of that name", "No process and no primitive is called so. Esc clears the filter."])
      : app.connection === "lost" ? ["No connection to the run", "It has ended, or has not begun to answer."]
      : app.isReport ? ["Nothing was recorded", "No process took part in this run."]
      : ["Waiting for the first process …", "Lanes appear here as soon as the run has begun."];
    if (place.dataset.told !== first) {
      place.dataset.told = first;
      const text = element("div");
      text.append(element("b", "", first), second);
      place.replaceChildren(...(first ? [text] : []));
    }
  }
}

function setPressed(id, isPressed) {
  byId(id).setAttribute("aria-pressed", String(isPressed));
}

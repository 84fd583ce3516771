// Ties everything together: takes changes, draws when something is new, and does what the user asks for.

class App {
  constructor(shell, saved) {
    this.shell = shell;
    this.isReport = saved !== null;
    this.model = new Model();
    this.time = new Time();
    this.paint = new Paint();
    this.chosen = null;
    this.pointer = null;
    this.follows = true;
    this.isFree = false;
    this.held = null;
    this.connection = "connecting";
    this.wanted = "";
    this.heard = performance.now();
    this.axis = byId("axis");
    this.frame = byId("times");
    this.lanes = new Lanes(byId("lanes"), this);
    this.things = new Things(byId("things"), this);
    this.panel = new Panel(byId("panel"), this);
    this.table = new SummaryTable(byId("summary"), this);
    this.alerts = new Alerts(byId("alerts"), this);
    this.controls = new Controls(this);
    this.told = 0;
    this.isStale = true;
    if (this.isReport) {
      this.connection = "saved";
      this.model.take(saved);
      this.fit();
    } else {
      this.listen();
    }
    const again = when => {
      this.turn(when);
      requestAnimationFrame(again);
    };
    this.tell();
    this.draw();
    this.tell();
    requestAnimationFrame(again);
  }

  listen() {
    const source = new EventSource("changes");
    source.onopen = () => {
      this.connection = "live";
      this.isStale = true;
    };
    source.onerror = () => {
      this.connection = this.model.closed ? "over" : "lost";
      this.isStale = true;
    };
    source.onmessage = message => {
      if (this.held === null) {
        this.take(message.data);
      } else {
        this.held.push(message.data);
      }
      if (this.model.closed || message.data.includes('"c":"closed"')) {
        source.close();
        this.connection = "over";
      }
    };
  }

  take(text) {
    const before = this.chosen;
    const wentOn = this.model.closed === null;
    this.model.take(text);
    this.heard = performance.now();
    if (wentOn && this.model.closed !== null && this.follows) {
      this.toNewest(); // No later turn follows a run that has ended: it may have come as a whole.
    }
    this.isStale = true;
    if (before?.what !== undefined && !this.model.bars.has(before.id)) {
      this.choose(null);
    }
  }

  /** The newest moment: between two batches the clock of this machine goes on. */
  newest() {
    const { model } = this;
    const isMoving = this.connection === "live" && this.held === null && model.closed === null && model.lanes.size > 0;
    return model.now + (isMoving ? Math.min(1.5e6, (performance.now() - this.heard) * 1000) : 0);
  }

  turn(when) {
    const isMoving = this.follows && this.held === null && this.connection === "live" && this.model.lanes.size > 0;
    if (isMoving) {
      this.toNewest();
    }
    if (this.isStale || isMoving) {
      this.draw();
      this.isStale = false;
    }
    if (when - this.told > 200) {
      this.told = when;
      this.tell();
    }
  }

  /** Everything while that is not long, then the last minute; or as much as the user chose. */
  toNewest() {
    const { model, time } = this;
    const began = Number.isFinite(model.began) ? model.began : 0;
    const newest = this.newest();
    const span = this.isFree ? time.span : Math.min(60e6, Math.max(2e6, (newest - began) * 1.04));
    const to = Math.max(newest + span * 0.03, began + span);
    time.show(to - span, to);
  }

  fit() {
    const { model, time } = this;
    const began = Number.isFinite(model.began) ? model.began : 0;
    const span = Math.max(1000, this.newest() - began);
    time.show(began - span * 0.015, began + span * 1.03);
    this.isStale = true;
  }

  /** Lays out anew and draws. */
  draw() {
    const gutter = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--gutter"));
    this.time.width = Math.max(50, this.lanes.scroller.clientWidth - gutter);
    this.lay();
    this.lanes.draw();
    this.things.draw();
    this.drawAxis();
  }

  /** Lanes get what they can use, plots the rest and never less than two fifths, where they need that. */
  lay() {
    const lanes = [...this.model.lanes.values()].filter(lane => this.isWantedLane(lane));
    const things = [...this.model.things.values()].filter(thing => this.isWantedThing(thing));
    const room = Math.max(200, this.frame.clientHeight - 56);
    const most = lanes.length * 60;
    const wanted = things.reduce((sum, thing) => sum + highOf(thing), 0);
    const stretch = wanted === 0 ? 1 : Math.min(1.8, Math.max(1, (room - most) / wanted));
    const plots = Math.floor(Math.min(wanted * stretch, Math.max(0.4 * room, room - most)));
    const high = Math.max(60, Math.min(room - plots, Math.max(most, 60)));
    setStyle(this.lanes.scroller, "height", high + "px");
    this.lanes.lay(lanes, () => Math.min(60, Math.max(17, Math.floor(high / Math.max(1, lanes.length)))));
    this.things.lay(things, thing => Math.floor(highOf(thing) * stretch));
    this.counts = { lanes: lanes.length, things: things.length };
  }

  drawAxis() {
    const { paint, time } = this;
    const to = fitted(this.axis, time.width, 27);
    to.font = `11px ${paint.font}`;
    to.textBaseline = "middle";
    for (const tick of time.ticks()) {
      const x = Math.round(time.x(tick.at));
      to.fillStyle = paint.rail;
      to.fillRect(x, 20, 1, 7);
      to.fillStyle = paint.soft;
      to.fillText(tick.text, x + 5, 14);
    }
    if (this.pointer) {
      const text = moment(time.at(this.pointer.x), time.span / 1000);
      const wide = to.measureText(text).width + 12;
      const x = Math.min(Math.max(0, this.pointer.x - wide / 2), time.width - wide);
      to.fillStyle = paint.ink;
      box(to, x, 4, wide, 19, 4);
      to.fill();
      to.fillStyle = paint.sheet;
      to.fillText(text, x + 6, 14);
    }
  }

  crosshair(to, scroll, height) {
    if (this.pointer) {
      to.fillStyle = this.paint.soft;
      to.globalAlpha = 0.6;
      to.fillRect(Math.round(this.pointer.x), scroll, 1, height);
      to.globalAlpha = 1;
    }
  }

  /** What is written, a few times a second. */
  tell() {
    this.lanes.tell();
    this.things.tell();
    this.table.show();
    this.alerts.show();
    this.controls.tell();
    if (this.chosen !== null && (this.chosen.end === Infinity || this.isChosenStale)) {
      this.isChosenStale = this.chosen.end === Infinity;
      if (!this.panel.place.contains(document.activeElement)) {
        this.panel.show(this.chosen);
      }
    }
  }

  choose(item, isToBeSeen = false) {
    this.chosen = item;
    this.isChosenStale = true;
    this.panel.show(item);
    if (item !== null && isToBeSeen) {
      this.reveal(item);
    }
    if (item?.what !== undefined) {
      const lane = this.model.lanes.get(item.lane);
      byId("said").textContent = `${lane.name} ${{ HOLD: "held", WAIT: "waited for", LOAN: "was lent" }[item.what]} `
        + `${this.model.things.get(item.thing).label}, ${duration(Math.min(item.end, this.model.now) - item.at)}`;
    }
    this.told = 0;
    this.isStale = true;
  }

  reveal(item) {
    if (item.what === undefined) {
      (this.model.lanes.get(item.id) === item ? this.lanes : this.things).reveal(item);
      return;
    }
    this.lanes.reveal(this.model.lanes.get(item.lane));
    const end = Math.min(item.end, this.model.now);
    if (end < this.time.from || item.at > this.time.to) {
      this.leave();
      const span = this.time.span;
      const middle = end - item.at > span ? item.at + span * 0.3 : (item.at + end) / 2;
      this.time.show(middle - span / 2, middle + span / 2);
    }
  }

  goTo(alarm) {
    this.leave();
    const span = Math.min(this.time.span, Math.max(2e6, (this.model.now - this.model.began) / 4));
    this.time.show(alarm.at - span / 2, alarm.at + span / 2);
    const lane = this.model.lanes.get(alarm.lane);
    const thing = this.model.things.get(alarm.thing);
    if (lane ?? thing) {
      this.choose(alarm.what === "Abandoned" ? this.heir(lane, alarm) ?? lane : lane ?? thing, true);
    }
    this.isStale = true;
  }

  /** The hold that an abandoned lock was taken over with. */
  heir(lane, alarm) {
    return lane?.tracks.rows.flat().find(bar => bar.what === "HOLD" && bar.thing === alarm.thing && Math.abs(bar.at - alarm.at) < 1);
  }

  /** No longer at the newest: the user looks at something. */
  leave() {
    this.isFree = true;
    this.follows = false;
  }

  /** The bar of the same lane before or after one. */
  next(bar, way) {
    const row = this.model.lanes.get(bar.lane).tracks.rows.flat().sort((one, two) => one.at - two.at || one.id - two.id);
    const at = row.indexOf(bar);
    return at < 0 ? row.find(other => other.at >= bar.at) : row[at + way];
  }

  /** Something else is chosen that this has nothing to do with. */
  isDimmed(bar) {
    const { chosen } = this;
    return chosen !== null && chosen.kind !== undefined && chosen.what === undefined && bar.thing !== chosen.id;
  }

  isWantedLane(lane) {
    const { wanted } = this;
    if (wanted === "" || lane.name.toLowerCase().includes(wanted) || String(lane.pid) === wanted) {
      return true;
    }
    const things = [...this.model.things.values()].filter(thing => thing.label.toLowerCase().includes(wanted));
    return things.length > 0 && things.some(thing => thing.all.some(bar => bar.lane === lane.id));
  }

  isWantedThing(thing) {
    const { wanted } = this;
    if (wanted === "" || thing.label.toLowerCase().includes(wanted)) {
      return true;
    }
    return ![...this.model.things.values()].some(other => other.label.toLowerCase().includes(wanted));
  }
}

function byId(id) {
  return document.getElementById(id);
}

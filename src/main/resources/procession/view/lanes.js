// The lanes of the processes: what each holds and waits for.

class Lanes extends Pane {
  parts(lane) {
    const dot = element("span", "dot");
    const text = element("span", "text");
    const top = element("span", "top");
    top.append(element("span", "who", lane.name), element("span", "pid", lane.pid > 0 ? String(lane.pid) : ""));
    text.append(top, element("span", "now"));
    return [dot, text];
  }

  now(lane, row) {
    const state = this.stateOf(lane);
    setText(row.querySelector(".now"), state.text);
    const name = "row " + state.kind + (lane.high < 36 ? " low" : "") + (this.app.chosen === lane ? " chosen" : "");
    if (row.className !== name) {
      row.className = name;
    }
    const title = `${lane.name}, pid ${lane.pid}: ${state.text}`;
    if (row.title !== title) {
      row.title = title;
    }
  }

  stateOf(lane) {
    const { model } = this.app;
    if (lane.end !== Infinity) {
      return { kind: lane.bad ? "over bad" : "over", text: lane.how };
    }
    const bars = [...lane.open];
    const waits = bars.filter(bar => bar.what === "WAIT");
    const labels = what => bars.filter(bar => bar.what === what).map(bar => model.things.get(bar.thing).label);
    const holds = labels("HOLD");
    const held = holds.length === 0 ? "" : "holds " + listed(holds);
    if (waits.length > 0) {
      const label = model.things.get(waits[0].thing).label;
      const since = model.now - waits[0].at;
      return { kind: "waits", text: `waits for ${label}` + (since > 1e6 ? ` ${duration(since)}` : "") + (held ? `, ${held}` : "") };
    }
    return held ? { kind: "holds", text: held } : model.closed ? { kind: "over", text: "was running" } : { kind: "running", text: "running" };
  }

  one(to, lane) {
    const { time, paint, model } = this.app;
    const pad = lane.high >= 50 ? 9 : lane.high >= 34 ? 6 : lane.high >= 22 ? 3 : 2;
    const top = lane.top + pad;
    const high = lane.high - 2 * pad - 1;
    const from = Math.max(-4, time.x(lane.at));
    const end = Math.min(time.width + 4, time.x(Math.min(lane.end, model.now)));
    const middle = lane.top + Math.floor(lane.high / 2);
    if (end > from) {
      to.fillStyle = paint.rail;
      to.fillRect(from, middle - 1, end - from, 1.5);
    }
    for (const row of lane.loans.rows) {
      for (const bar of seen(row, time)) {
        this.bar(to, bar, top, high, thing => thing.name);
      }
    }
    const tracks = lane.tracks.rows;
    const each = tracks.length <= 1 ? high : Math.max(2, Math.floor((high - tracks.length + 1) / tracks.length));
    tracks.forEach((row, track) => {
      const y = tracks.length <= 1 ? top : top + Math.round(track * (high - each) / (tracks.length - 1));
      for (const bar of seen(row, time)) {
        this.bar(to, bar, y, each, thing => thing.name);
      }
    });
    if (lane.end !== Infinity) {
      this.ending(to, lane, middle);
    }
    for (const mark of lane.marks) {
      this.mark(to, lane, mark, middle);
    }
  }

  ending(to, lane, middle) {
    const { time, paint } = this.app;
    const x = time.x(lane.end);
    if (lane.bad) {
      const size = Math.min(6, lane.high / 3);
      to.strokeStyle = paint.alarm;
      to.lineWidth = 2.5;
      to.lineCap = "round";
      to.beginPath();
      to.moveTo(x - size, middle - size);
      to.lineTo(x + size, middle + size);
      to.moveTo(x + size, middle - size);
      to.lineTo(x - size, middle + size);
      to.stroke();
      to.lineCap = "butt";
      to.fillStyle = paint.alarm;
      to.font = `600 ${Math.min(12, lane.high - 4)}px ${paint.font}`;
      to.textBaseline = "middle";
      const room = time.width - x - size - 6;
      if (to.measureText(lane.how).width < room) {
        to.fillText(lane.how, x + size + 6, middle + 0.5);
      }
    } else {
      to.fillStyle = paint.rail;
      to.fillRect(x - 1, middle - 5, 2, 10);
    }
  }

  mark(to, lane, mark, middle) {
    if (mark.what !== "ABANDONED" && mark.what !== "BROKEN" && mark.what !== "DEADLOCK") {
      return;
    }
    const { time, paint } = this.app;
    const x = time.x(mark.at);
    const size = Math.min(8, lane.high / 2.4);
    to.fillStyle = paint.alarm;
    to.strokeStyle = paint.sheet;
    to.lineWidth = 1.5;
    to.beginPath();
    to.moveTo(x, middle - size);
    to.lineTo(x + size, middle);
    to.lineTo(x, middle + size);
    to.lineTo(x - size, middle);
    to.closePath();
    to.fill();
    to.stroke();
    to.fillStyle = paint.sheet;
    to.font = `700 ${size * 1.5}px ${paint.font}`;
    to.textAlign = "center";
    to.textBaseline = "middle";
    to.fillText("!", x, middle + 0.5);
    to.textAlign = "start";
  }

  /** Items may be on their way for long, and many at a time: their arrows are not to hide what processes do. */
  below(to) {
    this.shownArrows = this.arrows().map(arrow => ({ ...arrow, isAbove: arrow.strong || arrow.what !== "ITEM" }));
    for (const arrow of this.shownArrows.filter(arrow => !arrow.isAbove)) {
      this.arrow(to, arrow);
    }
  }

  over(to, visible, scroll, height) {
    const { time, paint, model } = this.app;
    for (const mark of model.marks.filter(mark => mark.what === "DEADLOCK")) {
      to.strokeStyle = paint.alarm;
      to.lineWidth = 1.5;
      to.setLineDash([5, 4]);
      to.beginPath();
      to.moveTo(time.x(mark.at), scroll);
      to.lineTo(time.x(mark.at), scroll + height);
      to.stroke();
      to.setLineDash([]);
    }
    for (const arrow of this.shownArrows.filter(arrow => arrow.isAbove)) {
      this.arrow(to, arrow);
    }
    this.app.crosshair(to, scroll, height);
  }

  /** All if there are few in sight; always those of the chosen bar. */
  arrows() {
    const { time, model, chosen } = this.app;
    const from = firstAtLeast(model.arrows, time.from, arrow => arrow.to.at);
    const inSight = [];
    for (let at = from; at < model.arrows.length && inSight.length <= 4000; at++) {
      const arrow = model.arrows[at];
      if (arrow.from.at <= time.to) {
        inSight.push(arrow);
      } else if (arrow.from.at > time.to + time.span) {
        break;
      }
    }
    const isChosens = arrow => chosen?.what !== undefined && arrow.thing === chosen.thing
      && (arrow.from.lane === chosen.lane && Math.abs(arrow.from.at - chosen.end) < 0.01
        || arrow.to.lane === chosen.lane && (Math.abs(arrow.to.at - chosen.at) < 0.01 || Math.abs(arrow.to.at - chosen.end) < 0.01));
    const few = inSight.length <= time.width / 18 ? inSight : inSight.filter(isChosens);
    return few.map(arrow => ({ ...arrow, strong: isChosens(arrow) }));
  }

  arrow(to, arrow) {
    const { time, paint, model } = this.app;
    const one = model.lanes.get(arrow.from.lane);
    const two = model.lanes.get(arrow.to.lane);
    const thing = model.things.get(arrow.thing);
    if (!one || !two || !thing || one === two || !this.rows.has(one.id) || !this.rows.has(two.id)) {
      return;
    }
    const [x1, y1] = [time.x(arrow.from.at), one.top + one.high / 2];
    const [x2, y2] = [time.x(arrow.to.at), two.top + two.high / 2];
    const bend = Math.max(10, Math.abs(x2 - x1) / 2);
    to.globalAlpha = this.app.isDimmed(arrow) ? 0.1 : arrow.strong ? 1 : arrow.isAbove ? 0.75 : 0.5;
    for (const [colour, width] of [[paint.sheet, arrow.strong ? 5 : 3.5], [arrow.strong ? paint.ink : paint.palette[thing.colour], arrow.strong ? 2 : arrow.isAbove ? 1.3 : 1]]) {
      to.strokeStyle = to.fillStyle = colour;
      to.lineWidth = width;
      to.beginPath();
      to.moveTo(x1, y1);
      to.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2 - 4, y2);
      to.stroke();
    }
    to.beginPath();
    to.moveTo(x2, y2);
    to.lineTo(x2 - 7, y2 - 3.5);
    to.lineTo(x2 - 7, y2 + 3.5);
    to.fill();
    to.globalAlpha = 1;
  }
}

function listed(words) {
  return words.length <= 2 ? words.join(" and ") : `${words[0]} and ${words.length - 1} more`;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text) {
    made.textContent = text;
  }
  return made;
}

// The summary by primitive, and what stands out: deadlocks, abandoned locks, processes that ended badly.

const COLUMNS = [
  ["Primitive", row => row.label, null],
  ["Grants", row => row.grants, count],
  ["Contended", row => row.contended, count],
  ["Mean wait", row => row.meanWait, duration],
  ["Longest wait", row => row.longestWait, duration],
  ["Mean hold", row => row.meanHold, duration],
  ["Longest hold", row => row.longestHold, duration],
  ["Waiting now", row => row.waiting, count],
  ["Time-outs", row => row.timedOut, count],
  ["Abandoned", row => row.abandoned, count],
  ["In", row => row.in, count],
  ["Out", row => row.out, count],
  ["Deepest", row => row.deepest, count],
];

function count(number) {
  return number.toLocaleString("en");
}

class SummaryTable {
  constructor(place, app) {
    this.place = place;
    this.app = app;
    this.told = null;
  }

  show() {
    const { model, chosen } = this.app;
    const rows = model.summary.filter(row => COLUMNS.some(([, of, written]) => written !== null && of(row) > 0)
      && this.app.isWantedThing(model.things.get(row.thing) ?? { label: row.label, id: row.thing }));
    const key = JSON.stringify([rows, chosen?.id]);
    if (key === this.told) {
      return;
    }
    this.told = key;
    if (rows.length === 0) {
      this.place.replaceChildren();
      return;
    }
    const used = COLUMNS.filter(([, of], at) => at < 3 || rows.some(row => of(row) > 0));
    const table = element("table");
    const head = table.createTHead().insertRow();
    for (const [name] of used) {
      const cell = element("th", "", name);
      cell.scope = "col";
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows) {
      this.row(body.insertRow(), row, used);
    }
    const { scrollTop } = this.place;
    this.place.replaceChildren(table);
    this.place.scrollTop = scrollTop;
  }

  row(line, row, used) {
    const thing = this.app.model.things.get(row.thing);
    for (const [name, of, written] of used) {
      const cell = line.insertCell();
      const value = of(row);
      if (written === null) {
        const swatch = element("span", "swatch");
        swatch.style.background = thing ? `var(--p${thing.colour})` : "";
        const button = element("button", "name", value);
        cell.append(swatch, button);
      } else {
        cell.textContent = value > 0 ? written(value) : "–";
        cell.className = value > 0 ? (name === "Abandoned" || name === "Time-outs" ? "alarm" : "") : "zero";
        if (name === "Contended" && value > 0) {
          cell.append(share(value / row.grants));
        }
      }
    }
    line.classList.toggle("chosen", thing !== undefined && this.app.chosen === thing);
    line.addEventListener("click", () => thing && this.app.choose(thing, true));
  }
}

function share(part) {
  const bar = element("span", "share");
  bar.title = Math.round(part * 100) + " % of all grants were waited for";
  const filled = element("i");
  filled.style.width = Math.round(part * 100) + "%";
  bar.append(filled);
  return bar;
}

const ALARMS = { DEADLOCK: "Deadlock", ABANDONED: "Abandoned", BROKEN: "Broken", DEAD_LETTER: "Dead letter", GAP: "Gap" };

class Alerts {
  constructor(place, app) {
    this.place = place;
    this.app = app;
    this.told = "";
  }

  show() {
    const { model } = this.app;
    const ends = [...model.lanes.values()].filter(lane => lane.bad)
      .map(lane => ({ what: "Ended", at: lane.end, lane: lane.id, text: `${lane.name}: ${lane.how}` }));
    const marks = model.marks.filter(mark => ALARMS[mark.what]).map(mark => ({ ...mark, what: ALARMS[mark.what],
      text: (mark.what === "DEADLOCK" || !model.things.has(mark.thing) ? "" : model.things.get(mark.thing).label + ": ") + mark.text }));
    const order = ["Deadlock", "Abandoned", "Ended", "Broken", "Dead letter", "Gap"];
    const all = [...ends, ...marks].sort((one, two) => order.indexOf(one.what) - order.indexOf(two.what) || two.at - one.at);
    this.count = all.length;
    const key = all.length + "/" + (all.at(-1)?.at ?? "") + "/" + (all[0]?.at ?? "");
    if (key === this.told) {
      return;
    }
    this.told = key;
    const buttons = all.slice(0, 4).map(alarm => {
      const button = element("button");
      button.append(element("b", "", alarm.what), alarm.text, element("time", "", moment(alarm.at)));
      button.addEventListener("click", () => this.app.goTo(alarm));
      return button;
    });
    if (all.length > 4) {
      buttons.push(element("span", "more", `and ${all.length - 4} more`));
    }
    this.place.replaceChildren(...buttons);
  }
}

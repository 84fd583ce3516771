// A column of rows with their labels, and a canvas beside them that is as large as what can be seen of it.

class Pane {
  constructor(place, app) {
    this.app = app;
    this.scroller = place;
    this.inner = document.createElement("div");
    this.inner.className = "inner";
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.inner.append(this.canvas);
    place.append(this.inner);
    this.rows = new Map();
    this.shown = [];
    this.hits = [];
  }

  /** Lays rows out from above; gives each its `top` and `high`. */
  lay(items, highOf) {
    let top = 0;
    for (const item of items) {
      item.top = top;
      item.high = highOf(item);
      top += item.high;
    }
    this.total = top;
    this.shown = items;
    const isSame = items.length === this.rows.size && items.every(item => this.rows.has(item.id));
    if (!isSame) {
      this.rows.forEach(row => row.remove());
      this.rows = new Map(items.map(item => [item.id, this.label(item)]));
      this.inner.prepend(...this.rows.values());
    }
    for (const item of items) {
      const row = this.rows.get(item.id);
      setStyle(row, "top", item.top + "px");
      setStyle(row, "height", item.high + "px");
      row.classList.toggle("low", item.high < 36);
    }
    setStyle(this.inner, "height", Math.max(top, 1) + "px");
  }

  label(item) {
    const row = document.createElement("button");
    row.className = "row";
    row.tabIndex = -1;
    row.append(...this.parts(item));
    row.addEventListener("click", () => this.app.choose(item));
    return row;
  }

  /** Tells what is there now, of rows that can be seen. */
  tell() {
    for (const item of this.visible()) {
      this.now(item, this.rows.get(item.id));
    }
  }

  visible() {
    const from = this.scroller.scrollTop;
    const to = from + this.scroller.clientHeight;
    return this.shown.filter(item => item.top < to && item.top + item.high > from);
  }

  reveal(item) {
    const { scrollTop, clientHeight } = this.scroller;
    if (item.top < scrollTop) {
      this.scroller.scrollTop = item.top;
    } else if (item.top + item.high > scrollTop + clientHeight) {
      this.scroller.scrollTop = item.top + item.high - clientHeight;
    }
  }

  draw() {
    const width = this.app.time.width;
    const height = Math.min(this.scroller.clientHeight, Math.max(this.total ?? 1, 1));
    const to = fitted(this.canvas, width, height);
    const { paint, time } = this.app;
    this.hits = [];
    this.drawn = 0;
    const scroll = Math.min(this.scroller.scrollTop, Math.max(0, (this.total ?? 0) - height));
    const visible = this.visible();
    to.save();
    to.translate(0, -scroll);
    for (const item of visible) {
      to.fillStyle = this.shown.indexOf(item) % 2 === 0 ? paint.sheet : paint.stripe;
      to.fillRect(0, item.top, width, item.high);
    }
    to.fillStyle = paint.grid;
    for (const tick of time.ticks()) {
      to.fillRect(Math.round(time.x(tick.at)), scroll, 1, height);
    }
    for (const item of visible) {
      to.fillStyle = paint.grid;
      to.fillRect(0, item.top + item.high - 1, width, 1);
    }
    this.below(to);
    for (const item of visible) {
      this.one(to, item);
    }
    this.over(to, visible, scroll, height);
    to.restore();
  }

  /** What bars may hide. */
  below() {}

  /** One bar in a row of so much height. */
  bar(to, bar, top, high, text) {
    const { time, paint, model, chosen } = this.app;
    const thing = model.things.get(bar.thing);
    const end = Math.min(bar.end, model.now);
    const left = Math.max(time.x(bar.at), -8);
    const right = Math.min(time.x(end), time.width + 8);
    const wide = Math.max(right - left, 1.5);
    const colour = paint.palette[thing.colour];
    to.globalAlpha = this.app.isDimmed(bar) ? 0.16 : 1;
    if (bar.what === "WAIT") {
      const thin = Math.max(3, Math.round(high * 0.46));
      const y = top + Math.round((high - thin) / 2);
      if (wide < 5) {
        to.fillStyle = colour;
        to.globalAlpha *= 0.6;
        to.fillRect(left, y, wide, thin);
      } else {
        to.fillStyle = paint.hatch(colour, 5, 1.3);
        to.fillRect(left, y, wide, thin);
        to.strokeStyle = colour;
        to.lineWidth = 1;
        to.strokeRect(left + 0.5, y + 0.5, wide - 1, thin - 1);
      }
    } else if (bar.what === "LOAN") {
      to.globalAlpha *= 0.16;
      to.fillStyle = colour;
      to.fillRect(left, top, wide, high);
      to.globalAlpha *= 2.6;
      to.fillStyle = paint.hatch(colour, 9, 1);
      to.fillRect(left, top, wide, high);
    } else {
      to.fillStyle = colour;
      box(to, left, top, wide, high, high > 8 ? 2 : 1);
      to.fill();
      if (high >= 11 && wide > 24) {
        to.fillStyle = paint.inks[thing.colour];
        to.font = `${Math.min(12, high - 2)}px ${paint.font}`;
        to.textBaseline = "middle";
        const from = Math.max(left, 0);
        write(to, text(thing), from + 5, top + high / 2 + 0.5, right - from - 9);
      }
    }
    to.globalAlpha = 1;
    if (chosen === bar) {
      to.strokeStyle = paint.ink;
      to.lineWidth = 2;
      to.strokeRect(left - 1.5, top - 1, wide + 3, high + 2);
    }
    this.drawn++;
    if (bar.what !== "LOAN" || wide > 3) {
      this.hits.push({ bar, left, right: left + wide, top, bottom: top + high });
    }
  }

  /** What lies under a place of the canvas: the smallest of all, as it is drawn last. */
  under(x, y) {
    const scroll = Math.min(this.scroller.scrollTop, Math.max(0, this.total - this.canvas.clientHeight));
    const at = y + scroll;
    const hits = this.hits.filter(hit => x >= hit.left - 2 && x <= hit.right + 2 && at >= hit.top && at < hit.bottom);
    return { bar: hits.sort((one, two) => rank(one) - rank(two) || distance(one, x) - distance(two, x))[0]?.bar,
      item: this.shown.find(item => at >= item.top && at < item.top + item.high) };
  }
}

function rank(hit) {
  return hit.bar.what === "LOAN" ? 1 : 0;
}

function distance(hit, x) {
  return Math.max(0, hit.left - x, x - hit.right);
}

function setStyle(element, name, value) {
  if (element.style[name] !== value) {
    element.style[name] = value;
  }
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Bars of rows of tracks that can be seen; of those that share a pixel, one. */
function* seen(row, time) {
  let last = -Infinity;
  for (const bar of Tracks.within(row, time.from, time.to)) {
    const right = time.x(bar.end);
    if (right - last >= 0.7) {
      last = right;
      yield bar;
    }
  }
}

// Wheel, mouse and fingers on a canvas.

class Gestures {
  constructor(app, pane) {
    this.app = app;
    this.pane = pane;
    this.fingers = new Map();
    const { canvas } = pane;
    canvas.addEventListener("wheel", event => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", event => this.down(event));
    canvas.addEventListener("pointermove", event => this.move(event));
    canvas.addEventListener("pointerup", event => this.up(event));
    canvas.addEventListener("pointercancel", event => this.fingers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => this.leave());
    canvas.addEventListener("dblclick", event => this.zoom(0.4, event.offsetX));
  }

  wheel(event) {
    const isWide = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const scrolls = this.pane.total > this.pane.scroller.clientHeight + 1;
    if (isWide || event.shiftKey) {
      event.preventDefault();
      this.pan(event.deltaX || event.deltaY);
    } else if (event.ctrlKey || event.metaKey || !scrolls) {
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY * (event.ctrlKey ? 0.006 : 0.002)), event.offsetX);
    }
  }

  zoom(factor, x) {
    const { app } = this;
    app.isFree = true;
    if (app.follows && x < app.time.x(app.newest()) - 60 && factor < 1) {
      app.follows = false;
    }
    app.time.zoom(factor, x);
    app.isStale = true;
  }

  pan(pixels) {
    const { app } = this;
    app.leave();
    app.time.pan(pixels);
    app.isStale = true;
  }

  down(event) {
    this.pane.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    this.isMoved = false;
  }

  move(event) {
    const { app } = this;
    app.pointer = { x: event.offsetX };
    app.isStale = true;
    const before = this.fingers.get(event.pointerId);
    if (before === undefined) {
      this.point(event);
      return;
    }
    const now = { x: event.offsetX, y: event.offsetY };
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const [far, was] = [Math.abs(now.x - other.x), Math.abs(before.x - other.x)];
      if (far > 8 && was > 8) {
        this.zoom(was / far, (now.x + other.x) / 2);
      }
    } else if (this.isMoved || Math.abs(now.x - before.x) > 3) {
      this.pan(before.x - now.x);
      this.pane.canvas.classList.add("grabbing");
    } else {
      return;
    }
    this.isMoved = true;
    this.fingers.set(event.pointerId, now);
    this.hideTip();
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    this.pane.canvas.classList.remove("grabbing");
    if (!this.isMoved) {
      const { bar } = this.pane.under(event.offsetX, event.offsetY);
      this.app.choose(bar ?? null);
      this.app.lanes.scroller.focus({ preventScroll: true });
    }
  }

  leave() {
    this.app.pointer = null;
    this.app.isStale = true;
    this.hideTip();
  }

  hideTip() {
    byId("tip").style.visibility = "hidden";
  }

  point(event) {
    const { model } = this.app;
    const { bar } = this.pane.under(event.offsetX, event.offsetY);
    this.pane.canvas.style.cursor = bar ? "pointer" : "";
    if (!bar) {
      this.hideTip();
      return;
    }
    const tip = byId("tip");
    const long = duration(Math.min(bar.end, model.now) - bar.at);
    const sort = { HOLD: "holds", WAIT: "waits for", LOAN: "has on loan" }[bar.what];
    const more = [long, bar.waited > 0 ? `waited ${duration(bar.waited)} before` : "", bar.fence > 0 ? `fence ${bar.fence}` : "",
      bar.after ? `after the end of ${bar.after}` : ""];
    tip.replaceChildren(element("b", "", model.lanes.get(bar.lane).name), ` ${sort} ${model.things.get(bar.thing).label}`,
      element("span", "", more.filter(part => part !== "").join(" · ")));
    const frame = tip.parentElement.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    tip.style.left = Math.max(4, x + 16 + tip.offsetWidth > frame.width ? x - tip.offsetWidth - 12 : x + 14) + "px";
    tip.style.top = (y + 22 + tip.offsetHeight > frame.height ? y - tip.offsetHeight - 12 : y + 18) + "px";
    tip.style.visibility = "visible";
  }
}

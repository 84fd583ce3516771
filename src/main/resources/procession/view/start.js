// Begins. The page as it came is kept, so that it can be saved with what it has seen.

const shell = "<!doctype html>\n" + document.documentElement.outerHTML;
const saved = document.getElementById("changes")?.textContent ?? null;
const app = new App(shell, saved);

/** For tests: what is shown. */
window.procession = Object.freeze({
  get lanes() { return app.model.lanes.size; },
  get shownLanes() { return app.lanes.shown.length; },
  get things() { return app.model.things.size; },
  get bars() { return app.model.bars.size; },
  get holds() { return app.model.counts.holds; },
  get waits() { return app.model.counts.waits; },
  get loans() { return app.model.counts.loans; },
  get arrows() { return app.model.counts.arrows; },
  get changes() { return app.model.counts.changes; },
  get marks() { return app.model.marks.map(mark => mark.what); },
  get summary() { return app.model.summary; },
  get drawn() { return app.lanes.drawn; },
  get alerts() { return app.alerts.count; },
  get closed() { return app.model.closed !== null; },
  get connection() { return app.connection; },
  get showsAll() { return app.time.from <= app.model.began + 1 && app.newest() <= app.time.to; },
  get span() { return app.time.span; },
  get follows() { return app.follows; },
  get chosen() { return app.chosen === null ? null : app.chosen.what ?? app.chosen.label ?? app.chosen.name; },
  get ground() { return app.paint.ground; },
  /** Where the first bar of a sort is drawn in the lanes, in the window. */
  place(what) {
    const hit = app.lanes.hits.filter(one => one.bar.what === what).sort((one, two) => two.right - two.left - one.right + one.left)[0];
    const frame = app.lanes.canvas.getBoundingClientRect();
    return hit === undefined ? null : { x: frame.left + (Math.max(0, hit.left) + Math.min(hit.right, app.time.width)) / 2,
      y: frame.top + (hit.top + hit.bottom) / 2 - app.lanes.scroller.scrollTop, thing: hit.bar.thing, lane: hit.bar.lane };
  },
  /** How a level is drawn that takes these values at these pixels. */
  stretches: (at, value, width) => [...pieces({ at, value }, { from: 0, to: width, width, x: pixel => pixel }, width)],
  get saved() { return app.model.text(); },
});

// The stretch of time that is shown, and how times are written.

class Time {
  constructor() {
    this.from = 0;
    this.to = 5e6;
    this.width = 1;
  }

  get span() {
    return this.to - this.from;
  }

  x(at) {
    return (at - this.from) / this.span * this.width;
  }

  at(x) {
    return this.from + x / this.width * this.span;
  }

  show(from, to) {
    const span = Math.min(Math.max(to - from, 5), 7 * 86_400e6);
    this.from = from;
    this.to = from + span;
  }

  /** By a factor, about a place that stays where it is. */
  zoom(factor, x) {
    const fixed = this.at(x);
    const span = Math.min(Math.max(this.span * factor, 5), 7 * 86_400e6);
    this.show(fixed - x / this.width * span, fixed - x / this.width * span + span);
  }

  pan(pixels) {
    const by = pixels / this.width * this.span;
    this.show(this.from + by, this.to + by);
  }

  /** Places of the lines of the grid, and how they are written. */
  ticks() {
    const least = this.span / Math.max(1, this.width / 110);
    const step = stepOf(least);
    const ticks = [];
    for (let at = Math.ceil(this.from / step) * step; at <= this.to; at += step) {
      ticks.push({ at, text: moment(at, step) });
    }
    return ticks;
  }
}

/** A round number of microseconds that is at least so much. */
function stepOf(least) {
  for (const long of [60e6, 120e6, 300e6, 600e6, 1800e6, 3600e6, 7200e6, 21_600e6, 86_400e6]) {
    if (least > 20e6 && long >= least) {
      return long;
    }
  }
  const ten = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(times => times * ten).find(step => step >= least);
}

/** A moment since the beginning of the run; as exact as a step. */
function moment(at, step = 1000) {
  const sign = at < 0 ? "−" : "";
  const micros = Math.abs(at);
  const digits = Math.min(6, Math.max(0, Math.ceil(6 - Math.log10(step) - 1e-9)));
  if (micros >= 60e6) {
    const whole = Math.floor(micros / 1e6 + 5e-7);
    const fraction = digits === 0 ? "" : (micros / 1e6 - Math.floor(micros / 1e6)).toFixed(digits).slice(1);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const shown = parts[0] > 0 ? parts : parts.slice(1);
    return sign + shown.map((part, at) => at === 0 ? String(part) : String(part).padStart(2, "0")).join(":") + fraction;
  }
  return sign + (micros / 1e6).toFixed(digits) + " s";
}

/** How long. */
function duration(micros) {
  if (!Number.isFinite(micros)) {
    return "";
  }
  if (micros < 1000) {
    return (micros < 10 ? micros.toFixed(1) : micros.toFixed(0)) + " µs";
  }
  if (micros < 1e6) {
    return (micros / 1000).toFixed(micros < 10_000 ? 2 : micros < 100_000 ? 1 : 0) + " ms";
  }
  if (micros < 60e6) {
    return (micros / 1e6).toFixed(micros < 10e6 ? 2 : 1) + " s";
  }
  const seconds = Math.round(micros / 1e6);
  return seconds < 3600 ? Math.floor(seconds / 60) + " min " + seconds % 60 + " s"
    : Math.floor(seconds / 3600) + " h " + Math.floor(seconds / 60) % 60 + " min";
}

function counted(count, one, many) {
  return count.toLocaleString("en") + " " + (count === 1 ? one : many);
}

// How things look on a canvas: colours of the theme, hatches, text that fits.

class Paint {
  constructor() {
    this.probe = document.createElement("i");
    this.probe.hidden = true;
    document.body.append(this.probe);
    this.refresh();
  }

  /** Reads the colours again: the theme has changed. */
  refresh() {
    const names = ["ground", "sheet", "ink", "soft", "line", "grid", "rail", "stripe", "accent", "alarm", "good",
      "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"];
    for (const name of names) {
      this[name] = this.colour(`var(--${name})`);
    }
    this.palette = [0, 1, 2, 3, 4, 5, 6, 7].map(at => this["p" + at]);
    this.inks = this.palette.map(colour => isBright(colour) ? "#16181b" : "#ffffff");
    this.hatches = new Map();
    this.font = getComputedStyle(document.body).fontFamily;
  }

  colour(css) {
    this.probe.style.color = css;
    return getComputedStyle(this.probe).color;
  }

  /** A pattern of slanted lines, so many pixels apart. */
  hatch(colour, apart, thick) {
    const key = colour + apart + "/" + thick;
    if (!this.hatches.has(key)) {
      this.hatches.set(key, slanted(colour, apart, thick));
    }
    return this.hatches.get(key);
  }
}

function slanted(colour, apart, thick) {
  const tile = document.createElement("canvas");
  const scale = 2;
  tile.width = tile.height = apart * scale;
  const to = tile.getContext("2d");
  to.scale(scale, scale);
  to.strokeStyle = colour;
  to.lineWidth = thick;
  to.beginPath();
  for (const by of [-apart, 0, apart]) {
    to.moveTo(by - 1, apart + 1);
    to.lineTo(by + apart + 1, -1);
  }
  to.stroke();
  const pattern = to.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}

function isBright(rgb) {
  const [red, green, blue] = rgb.match(/[\d.]+/g).map(part => {
    const share = part / (rgb.startsWith("color") ? 1 : 255);
    return share <= 0.04 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3;
}

/** Fits a canvas to its place on this screen; gives what to draw with, in CSS pixels. */
function fitted(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
  }
  const to = canvas.getContext("2d");
  to.setTransform(scale, 0, 0, scale, 0, 0);
  to.clearRect(0, 0, width, height);
  return to;
}

/** Writes a text if there is room, shortened if need be. */
function write(to, text, x, y, room) {
  if (room < 16) {
    return;
  }
  let shown = text;
  let width = to.measureText(shown).width;
  if (width > room) {
    const letters = Math.floor(shown.length * room / width) - 1;
    if (letters < 2) {
      return;
    }
    shown = shown.slice(0, letters) + "…";
  }
  to.fillText(shown, x, y);
}

function box(to, x, y, width, height, radius) {
  to.beginPath();
  if (width > 2 * radius) {
    to.roundRect(x, y, width, height, radius);
  } else {
    to.rect(x, y, width, height);
  }
}

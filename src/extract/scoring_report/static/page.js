// Charts, filters, search, keyboard and links. Without it, the page still shows all tables and all mistakes.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // Charts. Vega's own interpreter runs their expressions, since the page forbids eval.
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const tip = $("#tip");

  function theme() {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const ink = colour("--ink"), soft = colour("--soft"), line = colour("--line");
    const first = colour("--cell"), panel = colour("--panel");
    return {
      background: "transparent", font: style.fontFamily, padding: 4,
      view: { stroke: null },
      axis: { labelColor: soft, titleColor: ink, gridColor: line, domainColor: soft, tickColor: soft,
        labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
      legend: { labelColor: ink, labelFontSize: 12, symbolStrokeWidth: 2.5 },
      range: { category: [first, colour("--orange"), colour("--hormone")] },
      line: { strokeWidth: 2 },
      point: { filled: true },
      bar: { stroke: panel, strokeWidth: 1 },
      style: {
        first: { color: first, strokeWidth: 2.5 },
        dot: { color: first, opacity: 1 },
        ideal: { color: soft, strokeDash: [5, 4], strokeWidth: 1.5 },
        span: { color: first, strokeWidth: 2, opacity: 0.5 },
        note: { color: soft, fontSize: 12 },
      },
    };
  }

  function tooltip(handler, event, item, value) {
    if (!value || typeof value !== "object") { tip.hidden = true; return; }
    tip.replaceChildren(...Object.entries(value).map(([name, text]) => {
      const row = document.createElement("div"), number = document.createElement("b");
      number.textContent = text;
      row.append(`${name} `, number);
      return row;
    }));
    tip.hidden = false;
    const size = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - size.width - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(event.clientY + 12, innerHeight - size.height - 4))}px`;
  }

  let drawn = [];
  async function draw() {
    drawn.forEach((chart) => chart.finalize());
    drawn = [];
    const config = theme();
    for (const place of $$("[data-chart]")) {
      const data = document.getElementById(`chart-${place.dataset.chart}`);
      if (!data) continue;
      drawn.push(await window.vegaEmbed(place, JSON.parse(data.textContent), {
        mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip, config,
      }));
    }
    root.dataset.drawn = String(drawn.length);
  }
  let waiting = Promise.resolve();
  const redraw = () => { waiting = waiting.then(draw); };
  if (window.vegaEmbed) {
    redraw();
    darkness.addEventListener("change", redraw);
  }

  $("#theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : darkness.matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("immunolit-theme", root.dataset.theme); } catch { /* storage is off */ }
    redraw();
  });
  try { const kept = localStorage.getItem("immunolit-theme"); if (kept) root.dataset.theme = kept; } catch { /* off */ }

  // Mistakes
  const list = $("#list");
  if (!list) return;
  const items = $$(".e", list);
  const search = $("#search"), filters = $("#filters"), toggle = $("#filters-toggle");
  const buttons = $$("[data-filter]"), choices = $$("[data-choice]");
  const SETS = ["what", "kind", "differs", "predicate", "type"], VALUES = ["rule", "doc", "gold", "found"];
  const state = {};
  function empty() {
    SETS.forEach((name) => { state[name] = new Set(); });
    VALUES.forEach((name) => { state[name] = ""; });
    state.q = "";
  }
  empty();
  let current = null;

  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase().replace(/\s+/g, " "));
    return texts.get(item);
  };
  const visible = () => items.filter((item) => !item.hidden);

  function address() {
    const query = new URLSearchParams();
    SETS.forEach((name) => { if (state[name].size) query.set(name, [...state[name]].join(" ")); });
    [...VALUES, "q"].forEach((name) => { if (state[name]) query.set(name, state[name]); });
    const text = query.toString();
    return text ? `#errors?${text}` : "#errors";
  }

  function show() {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    items.forEach((item) => {
      const data = item.dataset;
      const fits = SETS.every((name) => !state[name].size || data[name].split(" ").some((v) => state[name].has(v)))
        && VALUES.every((name) => !state[name] || data[name] === state[name])
        && words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      if (fits) count += 1;
    });
    buttons.forEach((button) => {
      button.setAttribute("aria-pressed", String(state[button.dataset.filter].has(button.dataset.value)));
    });
    choices.forEach((select) => { select.value = state[select.dataset.choice]; });
    if (search.value !== state.q) search.value = state.q;
    const active = address() !== "#errors";
    $("#count").textContent = `${count.toLocaleString("en")}${active ? ` of ${items.length.toLocaleString("en")}` : ""}`;
    const cell = $("#cell"), name = (value) => value.toLowerCase().replace(/_/g, " ");
    cell.hidden = !(state.gold || state.found);
    cell.textContent = [state.gold && `gold ${name(state.gold)}`, state.found && `found ${name(state.found)}`]
      .filter(Boolean).join(", ");
    $("#clear").hidden = !active;
    $("#nothing").hidden = count > 0;
    if (current && current.hidden) unmark();
    const seen = visible();
    if (seen.length && !seen.some((item) => item.tabIndex === 0)) rove(seen[0]);
  }

  function change() {
    show();
    history.replaceState(null, "", address());
  }

  function clear() {
    empty();
    unmark();
    change();
  }

  function rove(item) {
    items.forEach((other) => { if (other.tabIndex === 0) other.tabIndex = -1; });
    item.tabIndex = 0;
  }

  function unmark() {
    if (current) current.removeAttribute("aria-current");
    current = null;
  }

  function choose(item, { link = true } = {}) {
    if (!item) return;
    unmark();
    current = item;
    item.setAttribute("aria-current", "true");
    rove(item);
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    if (link) history.replaceState(null, "", `#${item.id}`);
  }

  function fromHash(event) {
    const hash = location.hash.slice(1);
    if (hash === "errors" && event) {
      // Somebody came by the link in the head: what they had chosen stays chosen.
      history.replaceState(null, "", address());
      return;
    }
    if (hash === "errors" || hash.startsWith("errors?")) {
      const query = new URLSearchParams(hash.slice(7));
      empty();
      SETS.forEach((name) => {
        const known = buttons.filter((b) => b.dataset.filter === name).map((b) => b.dataset.value);
        (query.get(name) || "").split(" ").forEach((value) => { if (known.includes(value)) state[name].add(value); });
      });
      VALUES.forEach((name) => { state[name] = query.get(name) || ""; });
      state.q = query.get("q") || "";
      show();
      // The browser knows no element of this name, so it has not scrolled there.
      if (hash !== "errors") $("#errors").scrollIntoView();
      return;
    }
    const target = items.find((item) => item.id === hash);
    if (!target) return;
    if (target.hidden) { empty(); show(); }
    choose(target, { link: false });
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", fromHash);

  buttons.forEach((button) => button.addEventListener("click", () => {
    const set = state[button.dataset.filter], value = button.dataset.value;
    if (!set.delete(value)) set.add(value);
    change();
  }));
  choices.forEach((select) => select.addEventListener("change", () => {
    state[select.dataset.choice] = select.value;
    change();
  }));
  search.addEventListener("input", () => { state.q = search.value; change(); });
  $("#clear").addEventListener("click", () => { clear(); search.focus(); });
  toggle.addEventListener("click", () => {
    const folded = filters.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
  });
  if (matchMedia("(max-width: 900px)").matches) {
    filters.classList.add("folded");
    toggle.setAttribute("aria-expanded", "false");
  }
  // The links in the cards would be hundreds of stops on the way of the Tab key; Enter on a card does the same.
  $$(".link", list).forEach((link) => { link.tabIndex = -1; });
  list.addEventListener("click", (event) => {
    const item = event.target.closest(".e");
    if (!item || event.target.closest("a, summary") || String(getSelection()) !== "") return;
    choose(item);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = event.target instanceof Element ? event.target : root;
    const field = on.closest("input, select, textarea");
    if (event.key === "Escape" && (field === search || on.closest("#errors"))) {
      clear();
      return;
    }
    if (event.key === "/" && !field) {
      event.preventDefault();
      search.focus({ preventScroll: true });
      search.select();
      search.scrollIntoView({ block: "nearest" });
      return;
    }
    if (field === search && (event.key === "Enter" || event.key === "ArrowDown")) {
      event.preventDefault();
      choose(visible()[0]);
      return;
    }
    const item = on.closest(".e");
    if (!item || on.closest("a, button, summary")) return;
    const seen = visible(), at = seen.indexOf(item);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: seen.length - 1, Enter: at }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(seen[Math.max(0, Math.min(seen.length - 1, to))]);
    const more = event.key === "Enter" && $("details", item);
    if (more) more.open = !more.open;
  });

  show();
  fromHash();
})();

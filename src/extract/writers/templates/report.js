"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const docs = $$(".doc");
  const pick = $("#pick"), search = $("#search"), card = $("#card"), filters = $("#filters");
  const links = new Map($$("nav a").map((link) => [link.hash.slice(1), link]));
  const narrow = matchMedia("(max-width: 760px)");
  // mention: index in the open text whose findings alone are shown; null for all.
  const state = { type: new Set(), predicate: new Set(), flag: new Set(), mention: null };
  let open = null, chosen = null;

  const range = (value) => (value ? value.split(" ").map(Number) : null);
  const visible = (doc) => $$(".f", doc).filter((item) => !item.hidden);
  const marks = (doc, index) => $$(`mark[data-m="${index}"]`, doc);
  const setHash = (id) => { try { history.replaceState(null, "", `#${id}`); } catch { /* a sandboxed frame */ } };

  function show(doc) {
    if (!doc || doc === open) return;
    unchoose();
    if (state.mention !== null) { state.mention = null; }
    docs.forEach((other) => other.classList.toggle("open", other === doc));
    links.forEach((link, id) => {
      if (id === doc.id) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    });
    open = doc;
    pick.value = doc.id;
    filter();
    const link = links.get(doc.id);
    if (link) link.scrollIntoView({ block: "nearest" });
  }

  function unchoose() {
    hideCard();
    if (!chosen) return;
    chosen.setAttribute("aria-selected", "false");
    $$(".ev, .tr, .qu", open).forEach((leaf) => leaf.classList.remove("ev", "tr", "qu"));
    $$("mark.subject, mark.object, mark.context", open)
      .forEach((mark) => mark.classList.remove("subject", "object", "context"));
    chosen = null;
  }

  function choose(item, { focus = true, behavior = "auto" } = {}) {
    if (!item) return;
    const doc = item.closest(".doc");
    show(doc);
    unchoose();
    chosen = item;
    item.setAttribute("aria-selected", "true");
    rove(item);
    const evidence = range(item.dataset.e), trigger = range(item.dataset.t), quantity = range(item.dataset.q);
    let first = null;
    $$("[data-o]", doc).forEach((leaf) => {
      const at = Number(leaf.dataset.o);
      const within = (span) => span !== null && at >= span[0] && at < span[1];
      if (within(evidence)) { leaf.classList.add("ev"); first ??= leaf; }
      if (within(trigger)) leaf.classList.add("tr");
      if (within(quantity)) leaf.classList.add("qu");
    });
    const role = (index, name) => marks(doc, index).forEach((mark) => mark.classList.add(name));
    item.dataset.c.split(" ").filter(Boolean).forEach((index) => role(index, "context"));
    role(item.dataset.s, "subject");
    role(item.dataset.x, "object");
    const clutter = first && first.closest("details");
    if (clutter) clutter.open = true;
    bring(first, $(".text", doc), 0.3, behavior);
    if (focus) item.focus({ preventScroll: true });
    bring(item, $(".findings", doc), 0.12, behavior);
    setHash(item.id);
  }

  // Scroll the one panel only: scrollIntoView would move the whole page on a phone.
  function bring(element, panel, share, behavior) {
    if (!element) return;
    const box = element.getBoundingClientRect(), frame = panel.getBoundingClientRect();
    const room = panel.clientHeight;
    if (box.top < frame.top + room * 0.12 || box.bottom > frame.top + room * 0.7) {
      panel.scrollTo({ top: panel.scrollTop + box.top - frame.top - room * share, behavior });
    }
  }

  function rove(item) {
    $$(".f", item.closest(".doc")).forEach((other) => { other.tabIndex = other === item ? 0 : -1; });
  }

  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = words.length + state.type.size + state.predicate.size + state.flag.size > 0;
    const any = (set, values) => set.size === 0 || values.some((value) => set.has(value));
    const every = (set, values) => [...set].every((value) => values.includes(value));
    docs.forEach((doc) => {
      let count = 0;
      $$(".f", doc).forEach((item) => {
        const fits = any(state.predicate, [item.dataset.p]) && any(state.type, item.dataset.types.split(" "))
          && every(state.flag, item.dataset.flags.split(" ")) && words.every((word) => textOf(item).includes(word));
        const about = doc !== open || state.mention === null
          || [item.dataset.s, item.dataset.x].concat(item.dataset.c.split(" ")).includes(state.mention);
        item.hidden = !(fits && about);
        if (fits) count += 1;
      });
      const link = links.get(doc.id);
      if (link) { $("b", link).textContent = count; link.classList.toggle("empty", active && count === 0); }
      doc.classList.toggle("faded", state.type.size > 0);
      if (doc === open) {
        $$("mark", doc).forEach((mark) => mark.classList.toggle("kept", any(state.type, [mark.classList[1]])));
      }
    });
    $("#clear").hidden = !active && state.mention === null;
    if (!open) return;
    const shown = visible(open), all = $$(".f", open).length;
    $(".count b", open).textContent = shown.length === all ? all : `${shown.length} of ${all}`;
    const none = $(".none:not(.always)", open);
    none.hidden = shown.length > 0 || all === 0;
    $(".next", none).hidden = !elsewhere();
    if (chosen && chosen.hidden) unchoose();
    if (shown.length && !shown.some((item) => item.tabIndex === 0)) rove(shown[0]);
    $$("mark.chosen", open).forEach((mark) => mark.classList.remove("chosen"));
    if (state.mention !== null) marks(open, state.mention).forEach((mark) => mark.classList.add("chosen"));
  }

  // The nearest text below, else from the top, that has findings for the filter.
  function elsewhere() {
    const at = docs.indexOf(open);
    return [...docs.slice(at + 1), ...docs.slice(0, at)].find((doc) => visible(doc).length);
  }

  function clear() {
    search.value = "";
    ["type", "predicate", "flag"].forEach((name) => state[name].clear());
    state.mention = null;
    $$("[data-filter]").forEach((button) => button.setAttribute("aria-pressed", "false"));
    unchoose();
    filter();
  }

  function hideCard() { card.hidden = true; }

  function showCard(mark) {
    const known = $("template.names", open).content.querySelectorAll("span")[Number(mark.dataset.m)];
    if (!known) return;
    const data = known.dataset, index = mark.dataset.m;
    const line = (tag, text) => {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    };
    const also = [data.also.toLowerCase(), data.roles].filter(Boolean).join(", ");
    card.replaceChildren(line("b", data.name || known.textContent));
    card.append(line("div", data.type.toLowerCase() + (also ? `, also ${also}` : "")));
    if (data.concept) card.append(line("code", data.concept));
    const count = $$(".f", open).filter((item) => [item.dataset.s, item.dataset.x]
      .concat(item.dataset.c.split(" ")).includes(index)).length;
    if (count) {
      const only = state.mention === index;
      const button = line("button", only ? "Show all findings" : `Show its ${count} finding${count > 1 ? "s" : ""}`);
      button.type = "button";
      button.addEventListener("click", () => {
        state.mention = only ? null : index;
        unchoose();
        filter();
        $(".findings", open).scrollTo({ top: 0 });
      });
      card.append(document.createElement("br"), button);
    }
    card.hidden = false;
    const box = mark.getClientRects()[0], size = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, innerWidth - size.width - 8));
    const below = box.bottom + 8;
    card.style.left = `${left}px`;
    card.style.top = `${below + size.height < innerHeight ? below : Math.max(8, box.top - size.height - 8)}px`;
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element) || target.closest("#card")) return;
    const item = target.closest(".f"), mark = target.closest("mark"), leaf = target.closest("[data-o]");
    const link = target.closest("nav a");
    if (item) { if (String(getSelection()) === "") choose(item); return; }
    if (link) { event.preventDefault(); show(document.getElementById(link.hash.slice(1))); setHash(open.id); return; }
    if (mark) { showCard(mark); return; }
    if (target.closest(".next")) { const doc = elsewhere(); if (doc) { show(doc); setHash(doc.id); } return; }
    hideCard();
    if (leaf && String(getSelection()) === "") {
      // A click on a sentence steps through the findings that rest on it.
      const at = Number(leaf.dataset.o);
      const here = visible(open).filter((f) => { const [a, b] = range(f.dataset.e); return at >= a && at < b; });
      choose(here[(here.indexOf(chosen) + 1) % here.length]);
    }
  });

  document.addEventListener("mouseover", (event) => {
    const mark = event.target instanceof Element ? event.target.closest("mark.frag") : null;
    $$("mark.same").forEach((other) => other.classList.remove("same"));
    if (mark && open) marks(open, mark.dataset.m).forEach((other) => other.classList.add("same"));
  });

  $$("[data-filter]").forEach((button) => button.addEventListener("click", () => {
    const set = state[button.dataset.filter], value = button.dataset.value;
    if (!set.delete(value)) set.add(value);
    button.setAttribute("aria-pressed", String(set.has(value)));
    filter();
  }));
  $("#clear").addEventListener("click", clear);
  search.addEventListener("input", filter);
  pick.addEventListener("change", () => { show(document.getElementById(pick.value)); setHash(pick.value); });
  $("#filters-toggle").addEventListener("click", (event) => {
    const folded = filters.classList.toggle("folded");
    event.currentTarget.setAttribute("aria-expanded", String(!folded));
  });
  $("#theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("immunolit-theme", root.dataset.theme); } catch { /* storage is off */ }
  });
  try { const kept = localStorage.getItem("immunolit-theme"); if (kept) root.dataset.theme = kept; } catch { /* off */ }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search || event.target === pick;
    if (event.key === "Escape") {
      if (!card.hidden) hideCard(); else if (chosen) unchoose(); else clear();
      if (typing) event.target.blur();
      return;
    }
    if (typing) {
      if (event.target === search && (event.key === "Enter" || event.key === "ArrowDown") && open) {
        event.preventDefault();
        choose(visible(open)[0]);
      }
      return;
    }
    if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); return; }
    if (!open) return;
    if (event.key === "[" || event.key === "]") {
      const next = docs[docs.indexOf(open) + (event.key === "]" ? 1 : -1)];
      if (next) { show(next); setHash(next.id); }
      return;
    }
    const on = event.target instanceof Element ? event.target : null;
    if (on && on.closest("button, a, summary, input, select")) return;
    const items = visible(open);
    if (!items.length) return;
    const focused = on && on.closest(".f");
    const at = items.indexOf(focused || chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choose(items[Math.max(0, Math.min(items.length - 1, to))]);
    } else if (focused && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(focused);
    }
  });
  $$(".text").forEach((panel) => panel.addEventListener("scroll", hideCard, { passive: true }));

  function fromHash() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* take it as it is */ }
    const target = id ? document.getElementById(id) : null;
    if (target && target.classList.contains("f")) choose(target, { focus: false, behavior: "instant" });
    else if (target && target.classList.contains("doc")) show(target);
    else if (!open) show(docs.find((doc) => $(".f", doc)) || docs[0]);
  }
  addEventListener("hashchange", fromHash);
  if (narrow.matches) { filters.classList.add("folded"); $("#filters-toggle").setAttribute("aria-expanded", "false"); }
  fromHash();
})();

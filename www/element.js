// The custom element. Its inside is the wasm module's; this class only tells it when to begin and when to end.

let sheet;
/** What is said when the module has failed: see src/ui/catalogue/stopped.rs. */
let said = [];
/** The elements that run, and the last good session of each: outside of the module, so that they outlive it. */
const running = new Map();
/** What the module failed with: from then on nothing calls it. */
let failure = null;

/** Keeps an element's session, as a link's fragment. */
export function remember(place, session) {
  const element = place.getRootNode().host;
  if (running.has(element)) running.set(element, session);
}

/** The module has failed: every element says so, with its session's link. */
export function fail(message) {
  if (failure) return;
  failure = message;
  // The module is on the stack still: it is left alone first.
  queueMicrotask(() => running.forEach((session, element) => showFailure(element, session)));
}

/** What is no panic and yet ends the module: too deep a stack, no memory. */
function ended({ error }) {
  const ends = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  if (ends && /partita/.test(error.stack ?? "")) fail(`${error.message}`);
}

function showFailure(element, session) {
  const [title, ours, kept, again, copy, anew, text, copied] = said;
  const make = (name, properties, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };
  const linked = element.hasAttribute("linked");
  const page = location.href.split("#")[0];
  const whole = linked ? `${page}#${session}` : session;
  // What was kept would run into the same again.
  const forget = () => {
    try { sessionStorage.removeItem(`partita ${element.getAttribute("keep")}`); } catch { /* there is no room to keep anything */ }
  };
  const button = (name, onclick) => make("button", { type: "button", className: "pt-btn pt-btn--edge", textContent: name, onclick });
  const acts = make("p", { className: "pt-failed__acts" });
  if (session && linked) {
    acts.append(make("a", { className: "pt-btn pt-btn--main", href: whole, textContent: again, onclick: () => { forget(); setTimeout(() => location.reload()); } }));
  }
  if (session) {
    acts.append(button(copy, async ({ target }) => {
      await navigator.clipboard?.writeText(whole).catch(() => {});
      target.textContent = copied;
    }));
  }
  acts.append(button(anew, () => {
    forget();
    history.replaceState(null, "", page);
    location.reload();
  }));
  const body = make("section", { className: "pt-failed" }, make("h2", { textContent: title }), make("p", { textContent: ours }), make("pre", { textContent: failure }));
  if (session) body.append(make("p", { textContent: kept }), make("textarea", { readOnly: true, rows: 3, value: whole, ariaLabel: text }));
  body.append(acts);
  body.setAttribute("role", "alert");
  const place = make("div", { className: "pt" }, body);
  if (element.getAttribute("theme")) place.dataset.theme = element.getAttribute("theme");
  element.shadowRoot.replaceChildren(place);
}

/** Registers the element, once: `mount(root, attributes)` fills a shadow root and answers what ends and changes it. */
export function define(name, css, texts, mount) {
  said = texts;
  if (customElements.get(name)) return;
  const attributes = ["source", "seed", "theme", "session", "linked", "keep"];
  customElements.define(name, class extends HTMLElement {
    static observedAttributes = attributes;
    #running = null;
    // What nobody sees does no work.
    #sight = new IntersectionObserver((seen) => failure ?? this.#running?.seen(seen.at(-1).isIntersecting));

    connectedCallback() {
      if (this.#running || failure) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
      }
      root.adoptedStyleSheets = [sheet];
      const place = document.createElement("div");
      place.className = "pt-place";
      root.replaceChildren(place);
      if (running.size === 0) addEventListener("error", ended);
      running.set(this, null);
      this.#running = mount(place, this.#said());
      this.#sight.observe(this);
    }

    // An element that is only moved is disconnected and connected in one go: it keeps its cluster.
    disconnectedCallback() {
      queueMicrotask(() => {
        if (this.isConnected || !this.#running) return;
        this.#sight.disconnect();
        running.delete(this);
        if (running.size === 0) removeEventListener("error", ended);
        if (failure) return;
        this.#running.end();
        this.#running = null;
        this.shadowRoot.replaceChildren();
      });
    }

    attributeChangedCallback(_, before, after) {
      if (this.#running && !failure && before !== after) this.#running.change(this.#said());
    }

    // ── for the page's scripts; what cannot be is thrown as an Error that says why ──

    /** Gives a command, such as {do: "killBroker", node: 2}; its outcome is in view().outcomes under the number that is returned. */
    command(what) {
      return this.#inside().command(JSON.stringify(what));
    }

    /** Moves time: {do: "pause"}, {do: "seek", atUs: 12e6}, {do: "undo"}, {do: "fork", name: "without the kill"}, … */
    time(what) {
      this.#inside().time(JSON.stringify(what));
    }

    /** What is on the screen, as plain data. */
    view() {
      return JSON.parse(this.#inside().view());
    }

    /** Why an event of view().events happened: its causes, effect first. */
    why(event) {
      return JSON.parse(this.#inside().why(event));
    }

    /** What is different between two histories, by name. */
    compare(one, other) {
      return JSON.parse(this.#inside().compare(one, other));
    }

    /** The address that opens this session as it is now. */
    link() {
      return this.#inside().link();
    }

    /** The session as the text of a file. */
    file() {
      return this.#inside().file();
    }

    /** Opens a session from a link or a file's text. */
    open(text) {
      this.#inside().open(text);
    }

    #inside() {
      if (failure) throw new Error(`The engine has stopped: ${failure}`);
      if (!this.#running) throw new Error("The element is in no page: it runs nothing.");
      return this.#running;
    }

    #said() {
      return attributes.map((name) => this.getAttribute(name) ?? undefined);
    }
  });
}

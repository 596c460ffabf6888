// The custom element. Its inside is the wasm module's; this class only tells it when to begin and when to end.

let sheet;

/** Registers the element, once: `mount(root, attributes)` fills a shadow root and answers what ends and changes it. */
export function define(name, css, mount) {
  if (customElements.get(name)) return;
  const attributes = ["source", "seed", "theme", "session", "linked", "keep"];
  customElements.define(name, class extends HTMLElement {
    static observedAttributes = attributes;
    #running = null;
    // What nobody sees does no work.
    #sight = new IntersectionObserver((seen) => this.#running?.seen(seen.at(-1).isIntersecting));

    connectedCallback() {
      if (this.#running) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
      }
      root.adoptedStyleSheets = [sheet];
      const place = document.createElement("div");
      place.className = "pt-place";
      root.replaceChildren(place);
      this.#running = mount(place, this.#said());
      this.#sight.observe(this);
    }

    // An element that is only moved is disconnected and connected in one go: it keeps its cluster.
    disconnectedCallback() {
      queueMicrotask(() => {
        if (this.isConnected || !this.#running) return;
        this.#sight.disconnect();
        this.#running.end();
        this.#running = null;
        this.shadowRoot.replaceChildren();
      });
    }

    attributeChangedCallback(_, before, after) {
      if (this.#running && before !== after) this.#running.change(this.#said());
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
      if (!this.#running) throw new Error("The element is in no page: it runs nothing.");
      return this.#running;
    }

    #said() {
      return attributes.map((name) => this.getAttribute(name) ?? undefined);
    }
  });
}
